#!/bin/sh
# bench/simulate.sh [OPTION...]: plays random lives of a machine under managers that die, from seeds, as long as asked; --help says more.
#
# It runs the test classes of the last "mvn verify" (or "mvn -DskipTests package") of this project, with its install tree.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
tree=$here/svc-dist/target/svc
classes=$here/svc-core/target/test-classes
if [ ! -x "$tree/bin/svc.startd" ] || [ ! -d "$classes" ]; then
    echo "simulate.sh: nothing is built yet; do: mvn -DskipTests package" >&2
    exit 2
fi
exec "$tree/lib/runtime/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dorg.sqlite.lib.path="$tree/lib/native" \
    -cp "$classes:$tree/lib/*" dev.svc.simulation.Simulator "$@"
