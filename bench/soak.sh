#!/bin/sh
# bench/soak.sh [OPTION...]: kills and damages an installed SVC at random, as long as asked, and says what that broke; --help says more.
#
# It runs the tree and the test classes of the last "mvn verify" (or "mvn -DskipTests package") of this project, in a root of its own.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
tree=$here/svc-dist/target/svc
classes=$here/svc-it/target/test-classes
if [ ! -x "$tree/bin/svc.startd" ] || [ ! -d "$classes" ]; then
    echo "soak.sh: nothing is built yet; do: mvn -DskipTests package" >&2
    exit 2
fi
exec "$tree/lib/runtime/bin/java" -Dsvc.tree="$tree" -cp "$classes:$tree/lib/svc-protocol.jar" dev.svc.it.Soak "$@"
