#!/bin/bash
# bench/run.sh [TREE]: measures an install tree (default: svc-dist/target/svc of this project) and prints one line a figure.
#
# State is kept on /dev/shm, in roots of their own. Needs bash 5 and awk; as root the contracts are cgroups. Compare only figures of
# one run: machines are noisy. SVC_BENCH_SIZES (default "200 1000") says with how many services.
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
tree=$(CDPATH='' cd -- "${1:-$here/../svc-dist/target/svc}" && pwd -P)
PATH=$tree/bin:$PATH
scratch=$(mktemp -d /dev/shm/svc-bench.XXXXXX)
export SVC_ROOT=$scratch/root

finish() {
    svc.startd --stop-all >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap finish EXIT

now() { local t=$EPOCHREALTIME; echo "${t/./}"; }

# median of the numbers on standard input, with minimum and maximum
median() { sort -n | awk '{ v[NR] = $1 } END { printf "median %.1f, min %.1f, max %.1f, n %d", v[int((NR + 1) / 2)], v[1], v[NR], NR }'; }

# milliseconds that each of N runs of a command takes
times() {
    local n=$1 i begin
    shift
    for ((i = 0; i < n; i++)); do
        begin=$(now)
        "$@" >/dev/null
        echo "$(( $(now) - begin ))" | awk '{ print $1 / 1000 }'
    done
}

say() { printf '%-52s %s\n' "$1" "$2"; }

# a manifest of N services bench/s0 .. : daemons whose start method leaves one process, disabled
manifest() {
    echo "<?xml version='1.0'?>"
    echo "<!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>"
    echo "<service_bundle type='manifest' name='bench'>"
    for ((i = 0; i < $1; i++)); do
        echo "<service name='bench/s$i' type='service' version='1'><create_default_instance enabled='false'/>"
        echo "<exec_method type='method' name='start' exec='/bin/sleep 1000000 &amp;' timeout_seconds='60'/>"
        echo "<exec_method type='method' name='stop' exec=':kill' timeout_seconds='60'/></service>"
    done
    echo "</service_bundle>"
}

fresh() {
    svc.startd --stop-all >/dev/null 2>&1 || true
    rm -rf "$SVC_ROOT"
    mkdir -p "$SVC_ROOT/lib/svc/manifest"
    # Without the example: it is a Java process of its own.
    cat >"$SVC_ROOT/lib/svc/manifest/example.xml" <<'EOM'
<?xml version='1.0'?>
<!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>
<service_bundle type='manifest' name='bench:example'>
  <service name='example/web' type='service' version='1'><create_default_instance enabled='false'/></service>
  <service name='example/backend' type='service' version='1'><create_default_instance enabled='false'/></service>
  <service name='example/data' type='service' version='1'><create_default_instance enabled='false'/></service>
</service_bundle>
EOM
}

keeper() { cut -d' ' -f1 "$SVC_ROOT/run/svc/keeper.pid"; }
manager() { cat "/proc/$(keeper)/task/$(keeper)/children" | tr -d ' '; }
log() { cat "$SVC_ROOT/var/svc/log/svc.startd.log"; }

pss() {
    local pid sum=0
    for pid in $(manager) $(keeper) $(pgrep -f "svc.launch .*$SVC_ROOT" || true); do
        sum=$((sum + $(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup")))
    done
    awk -v k="$sum" 'BEGIN { printf "%.1f MB", k / 1024 }'
}

commands() {
    cat >"$scratch/Empty.java" <<'EOM'
public class Empty { public static void main(String[] arguments) {} }
EOM
    local javac=${JAVAC:-$(ls /usr/lib/jvm/*25*/bin/javac 2>/dev/null | head -n 1)}
    if [ -n "$javac" ]; then
        "$javac" -d "$scratch" "$scratch/Empty.java"
        say "empty Java main, ms" "$(times 20 "$tree/lib/runtime/bin/java" -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$scratch" Empty | median)"
    fi
    say "svcs -a, $(svcs -Ha | wc -l) instances, ms" "$(times 20 svcs -a | median)"
    say "svcs -Ho state of one instance, ms" "$(times 20 svcs -Ho state milestone/multi-user | median)"
    say "svcadm refresh of one instance, ms" "$(times 20 svcadm refresh milestone/multi-user | median)"
}

adoption() {
    local i before
    for i in 1 2 3 4 5; do
        # One that had lived is started again at once.
        sleep 3
        before=$(log | grep -c 'ms after exec')
        kill -KILL "$(manager)"
        until [ "$(log | grep -c 'ms after exec')" -gt "$before" ]; do sleep 0.02; done
        log | grep 'ms after exec' | tail -n 1 | sed 's/.*, \([0-9]*\) ms after exec.*/\1/'
    done
}

idle() {
    local pid before
    pid=$(manager)
    sleep 15
    before=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    sleep 20
    awk -v b="$before" '{ printf "%.2f %% of one processor", ($14 + $15 - b) / 20 }' "/proc/$pid/stat"
}

# from SIGKILL of a service's process to the first instruction of its successor
latency() {
    local model=$1 i begin lines file=$SVC_ROOT/trace-$1
    : >"$file"
    for ((i = 0; i < 50; i++)); do
        lines=$(wc -l <"$file")
        pid=$(svcs -Hp "bench/$model" | awk 'NR > 1 { print $2; exit }')
        begin=$(now)
        kill -KILL "$pid"
        until [ "$(wc -l <"$file")" -gt "$lines" ]; do :; done
        tail -n 1 "$file" | awk -v b="$begin" '{ print ($1 - b) / 1000 }'
    done
}

restarts() {
    local record="t=\$EPOCHREALTIME; echo \${t/./} >>$SVC_ROOT/trace-"
    cat >"$scratch/latency.xml" <<EOM
<?xml version='1.0'?>
<!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>
<service_bundle type='manifest' name='latency'>
  <service name='bench/contract' type='service' version='1'><create_default_instance enabled='true'/>
    <exec_method type='method' name='start' exec='/bin/bash -c "$(sed 's/[$]/\\$/g' <<<"${record}contract"); sleep 1000000 &amp;"' timeout_seconds='60'/>
    <exec_method type='method' name='stop' exec=':kill' timeout_seconds='60'/>
    <property_group name='startd' type='framework'>
      <propval name='critical_failure_count' type='integer' value='1000'/>
      <propval name='critical_failure_period' type='integer' value='0'/>
    </property_group></service>
  <service name='bench/child' type='service' version='1'><create_default_instance enabled='true'/>
    <exec_method type='method' name='start' exec='/bin/bash -c "$(sed 's/[$]/\\$/g' <<<"${record}child"); exec sleep 1000000"' timeout_seconds='60'/>
    <exec_method type='method' name='stop' exec=':kill' timeout_seconds='60'/>
    <property_group name='startd' type='framework'>
      <propval name='duration' type='astring' value='child'/>
      <propval name='critical_failure_count' type='integer' value='1000'/>
      <propval name='critical_failure_period' type='integer' value='0'/>
    </property_group></service>
</service_bundle>
EOM
    svccfg import "$scratch/latency.xml"
    svcadm enable -s bench/contract bench/child
    say "SIGKILL of a daemon to its successor, ms" "$(latency contract | median)"
    say "SIGKILL of a child to its successor, ms" "$(latency child | median)"
}

echo "$(date -u +%F) $(uname -sr), $(nproc) processors, $(awk -F: '/model name/ { print $2; exit }' /proc/cpuinfo | xargs)"
for size in ${SVC_BENCH_SIZES:-200 1000}; do
    fresh
    svc.startd --daemon >/dev/null
    manifest "$size" >"$scratch/bench.xml"
    begin=$(now)
    svccfg import "$scratch/bench.xml"
    say "import of $size services in one bundle, ms" "$(( ($(now) - begin) / 1000 ))"
    begin=$(now)
    svcadm enable -s 'svc:/bench/*'
    say "bring-up of $size daemons, ms" "$(( ($(now) - begin) / 1000 ))"
    say "PSS of manager, keeper, launchers, $size daemons" "$(pss)"
    [ "$size" -gt 200 ] || commands
    [ "$size" -gt 200 ] || restarts
    say "exec to adopted, $size running, ms" "$(adoption | median)"
    say "PSS after takeover, $size daemons" "$(pss)"
    say "idle with $size daemons" "$(idle)"
    begin=$(now)
    svc.startd --stop-all >/dev/null
    say "stop of all $size, ms" "$(( ($(now) - begin) / 1000 ))"
done
if [ -d "${SVC_CORPUS:-/nonexistent}" ]; then
    fresh
    svc.startd --daemon >/dev/null
    svcadm milestone none
    begin=$(now)
    svccfg import "$SVC_CORPUS" >/dev/null 2>&1 || true
    say "import of a directory of $(find "$SVC_CORPUS" -name '*.xml' | wc -l) bundles, ms" "$(( ($(now) - begin) / 1000 ))"
fi
