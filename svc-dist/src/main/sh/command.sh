#!/bin/sh
# @NAME@: runs @MAIN@ on the run-time image of this install tree.
# Made from command.sh of svc-dist. The shell forks nothing here unless it was called by a symbolic link or a relative path.

# A descriptor closed by the caller would be given to the first file the JVM opens, and output would end up there.
# (The null device is opened for reading in place of stdout: writing then fails, as it should.)
{ true 3<&0; } 2>/dev/null || exec 0</dev/null
{ true 3>&1; } 2>/dev/null || exec 1</dev/null
true 3>&2 || exec 2>/dev/null

self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
    esac
done
case $self in
*/../* | */./*) home=$(CDPATH='' cd -- "${self%/*}/.." && pwd -P) ;;
/*/bin/*) home=${self%/bin/*} ;;
*/*) home=$(CDPATH='' cd -- "${self%/*}/.." && pwd -P) ;;
*) home=$(CDPATH='' cd .. && pwd -P) ;;
esac
lib=$home/lib

# The JVM would announce on stderr that it has seen these, and options meant for other programs do not belong here.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS

# File names and text are UTF-8 whatever the caller's locale is.
LC_ALL=C.UTF-8
export LC_ALL

# SVC_AOT is for svc.train, which makes the cache. A cache that is named but missing costs more than none.
if [ -n "${SVC_AOT-}" ]; then
    cache=$SVC_AOT
    unset SVC_AOT
elif [ -r "$lib/aot/@NAME@.aot" ]; then
    cache=-XX:AOTCache=$lib/aot/@NAME@.aot
else
    cache=-Xshare:auto
fi

exec "$lib/runtime/bin/java" "$cache" @FLAGS@ \
    -Dsvc.home="$home" -cp "@CLASSPATH@" @MAIN@ "$@"
