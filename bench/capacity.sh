#!/bin/bash
# bench/capacity.sh [INSTANCES [PROPERTIES [TREE]]]: measures a big repository (default: 10000 instances with 40 properties each) in an
# install tree (default: svc-dist/target/svc of this project), with the daemon's own flags but for the heap (HEAP, default 512m), on the
# disk that TMPDIR is on. Needs a JDK 25 for its compiler (JAVA_HOME).
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
lib=${3:-$here/../svc-dist/target/svc}/lib
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
path=$scratch/classes:$(printf '%s:' "$lib"/*.jar)
"${JAVA_HOME:?}/bin/javac" -d "$scratch/classes" -cp "$path" "$here/Capacity.java"
run() {
    "$lib/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Xmx${HEAP:-512m}" -XX:+ExitOnOutOfMemoryError \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        "-Dorg.sqlite.lib.path=$lib/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so "-Dorg.sqlite.tmpdir=$lib/native" \
        -cp "$path" Capacity "$scratch/state" "${@:1}"
}
run "${1:-10000}" "${2:-40}" 100 write
run "${1:-10000}" "${2:-40}" 100 measure
