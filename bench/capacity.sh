#!/bin/bash
# bench/capacity.sh [INSTANCES [PROPERTIES [TREE]]]: measures a big repository (default: 10000 instances with 40 properties each) in an
# install tree (default: svc-dist/target/svc of this project), with the daemon's collector and compiler and its limit of the heap (HEAP:
# another than 512m), on the disk that TMPDIR is on; then what a manager of 26 instances takes to answer. Needs a JDK 25 for its compiler
# (JAVA_HOME).
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
tree=${3:-$here/../svc-dist/target/svc}
lib=$tree/lib
scratch=$(mktemp -d)
export SVC_ROOT=$scratch/root
finish() {
    "$tree/bin/svc.startd" --stop-all >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap finish EXIT
path=$scratch/classes:$(printf '%s:' "$lib"/*.jar)
"${JAVA_HOME:?}/bin/javac" -d "$scratch/classes" -cp "$path" "$here/Capacity.java"
run() {
    "$lib/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Xmx${HEAP:-512m}" -XX:+ExitOnOutOfMemoryError \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        "-Dorg.sqlite.lib.path=$lib/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so "-Dorg.sqlite.tmpdir=$lib/native" \
        -cp "$path" Capacity "$@"
}
run "$scratch/state" "${1:-10000}" "${2:-40}" 100 write
run "$scratch/state" "${1:-10000}" "${2:-40}" 100 measure
mkdir "$SVC_ROOT"
cat >"$scratch/volatile.xml" <<'END'
<?xml version="1.0"?>
<!DOCTYPE service_bundle SYSTEM "/usr/share/lib/xml/dtd/service_bundle.dtd.1">
<service_bundle type="manifest" name="volatile">
<service name="bench/volatile" type="service" version="1">
<create_default_instance enabled="false"/>
<exec_method type="method" name="start" exec=":true" timeout_seconds="10"/>
<exec_method type="method" name="stop" exec=":true" timeout_seconds="10"/>
<property_group name="startd" type="framework"><propval name="duration" type="astring" value="transient"/></property_group>
</service>
</service_bundle>
END
"$tree/bin/svc.startd" --daemon >/dev/null
"$tree/bin/svccfg" import "$scratch/volatile.xml"
run "$SVC_ROOT" 1 1 1 ask
