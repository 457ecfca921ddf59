# bash completion of svcs, svcadm, svccfg, svcprop and svc.startd. Sourced by the files beside it, which bash-completion loads
# by the name of the command, or by hand. Needs nothing but bash.
# shellcheck shell=bash

_svc_states='uninitialized offline online degraded maintenance disabled'
_svc_columns='CTID DESC FMRI INST N NSTA NSTATE S SCOPE SN STA STATE STIME SVC ZONE'
_svc_milestones='all none single-user multi-user multi-user-server'
_svccfg_subcommands='addpg apply delcust delete delpg delprop export help import inventory journal listcust listpg listprop listsnap refresh restore revert setprop validate verify'
_svc_snapshots='initial last-import previous running start'
_svc_properties='general/enabled restarter/state restarter/next_state restarter/auxiliary_state restarter/contract
    restarter/logfile start/exec stop/exec refresh/exec startd/duration'

# Splits the line up to the cursor at blanks only: a colon separates words for bash, but is a part of an FMRI.
# Sets words, and cur: the word to be completed.
_svc_words() {
    local line=${COMP_LINE:0:COMP_POINT}
    read -ra words <<<"$line"
    case $line in
    *[[:blank:]]) cur='' words+=('') ;;
    *) cur=${words[${#words[@]} - 1]} ;;
    esac
}

# Offers those of the words $1 that begin with cur.
_svc_offer() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
    _svc_trim
}

# Bash replaces only what follows the last colon.
_svc_trim() {
    local prefix=${cur%"${cur##*:}"} i
    [[ $COMP_WORDBREAKS == *:* && -n $prefix ]] || return 0
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]#"$prefix"}
    done
}

# Offers the words $1 behind the last comma of cur, in upper or lower case as they are being typed.
_svc_offer_list() {
    local before='' last=$cur choices=$1 i
    [[ $cur != *,* ]] || { before=${cur%,*}, last=${cur##*,}; }
    [[ $last == [A-Z]* ]] || choices=${choices,,}
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$last")
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=$before${COMPREPLY[i]}
    done
}

# Prints state and FMRI of every instance; nothing if there is no manager to ask.
_svc_instances() {
    local svcs=svcs
    [[ ${words[0]} != */* ]] || svcs=${words[0]%/*}/svcs
    "$svcs" -Hao state,fmri 2>/dev/null </dev/null
}

# Offers instances that are in one of the states $1, by full FMRI or by abbreviation as cur begins; "services" as $2: their
# services instead. If that leaves none, all are offered.
_svc_offer_fmris() {
    local wanted=" $1 " kind=${2:-instances} state fmri chosen='' all=''
    local -a names
    while read -r state fmri; do
        _svc_name "$fmri"
        all+=" ${names[*]}"
        [[ $wanted != *" ${state%\*} "* ]] || chosen+=" ${names[*]}"
    done < <(_svc_instances)
    _svc_offer "$chosen"
    [[ ${#COMPREPLY[@]} -gt 0 ]] || _svc_offer "$all"
}

# Sets names: those under which to offer an instance.
_svc_name() {
    local whole=$1 instance=:${1##*:} path=${1#svc:/}
    path=${path%:*}
    if [[ $kind == services ]]; then
        whole=${whole%:*}
        instance=''
    fi
    case $cur in
    svc:*) names=("$whole") && return ;;
    *:*) ;;
    *) [[ $instance != :default ]] || instance='' ;;
    esac
    names=("$path$instance")
    [[ $cur == */* ]] || names+=("${path##*/}$instance")
}

_svc_offer_files() {
    mapfile -t COMPREPLY < <(compgen -f -X '!*.xml' -- "$cur"; compgen -d -- "$cur")
    compopt -o filenames 2>/dev/null
}

_svcs() {
    local words cur previous
    _svc_words
    previous=${words[${#words[@]} - 2]}
    case $previous in
    -*o) _svc_offer_list "$_svc_columns" ;;
    -*[sS]) _svc_offer_list "$_svc_columns" ;;
    -*R) _svc_offer_fmris "$_svc_states" ;;
    *)
        case $cur in
        -*) _svc_offer '-a -d -D -H -l -L -o -p -R -s -S -v -x --help --version' ;;
        *) _svc_offer_fmris "$_svc_states" ;;
        esac
        ;;
    esac
}

_svcadm() {
    local words cur previous word subcommand='' at
    _svc_words
    previous=${words[${#words[@]} - 2]}
    for ((at = 1; at < ${#words[@]} - 1; at++)); do
        word=${words[at]}
        case $word in
        -S) at=$((at + 1)) ;;
        -*) ;;
        *) subcommand=$word && break ;;
        esac
    done
    case $subcommand/$previous in
    /-S) _svc_offer "$_svc_states" ;;
    */-*T | disable/-*c) COMPREPLY=() ;;
    /*)
        case $cur in
        -*) _svc_offer '-v -S --help --version' ;;
        *) _svc_offer 'enable disable restart refresh clear mark milestone' ;;
        esac
        ;;
    *) _svcadm_subcommand ;;
    esac
}

_svcadm_subcommand() {
    case $subcommand:$cur in
    enable:-*) _svc_offer '-r -s -t -T' ;;
    disable:-*) _svc_offer '-c -s -t -T' ;;
    restart:-*) _svc_offer '-d -s -T' ;;
    mark:-*) _svc_offer '-I -s -t -T' ;;
    milestone:-*) _svc_offer '-d -s -T' ;;
    *:-*) _svc_offer '-s -T' ;;
    enable:*) _svc_offer_fmris disabled ;;
    disable:*) _svc_offer_fmris 'uninitialized offline online degraded maintenance' ;;
    clear:*) _svc_offer_fmris 'maintenance degraded' ;;
    milestone:*) _svc_offer "$_svc_milestones" ;;
    mark:*)
        case " ${words[*]:at+1:${#words[@]}-at-2} " in
        *\ maintenance\ * | *\ degraded\ *) _svc_offer_fmris "$_svc_states" ;;
        *) _svc_offer 'maintenance degraded' ;;
        esac
        ;;
    *) _svc_offer_fmris "$_svc_states" ;;
    esac
}

_svcprop() {
    local words cur
    _svc_words
    case ${words[${#words[@]} - 2]} in
    -*p) _svc_offer "$_svc_properties" ;;
    -*s) _svc_offer "$_svc_snapshots" ;;
    *)
        case $cur in
        -*) _svc_offer '-C -c -f -p -q -s -t -v -w --help --version' ;;
        *) _svc_offer_fmris "$_svc_states" ;;
        esac
        ;;
    esac
}

_svccfg() {
    local words cur previous at subcommand=''
    _svc_words
    previous=${words[${#words[@]} - 2]}
    for ((at = 1; at < ${#words[@]} - 1; at++)); do
        case ${words[at]} in
        -s | -f) at=$((at + 1)) ;;
        -*) ;;
        *) subcommand=${words[at]} && break ;;
        esac
    done
    case $subcommand/$previous in
    /-s) _svc_offer_fmris "$_svc_states" ;;
    /-f) _svc_offer_files ;;
    /*)
        case $cur in
        -*) _svc_offer '-v -s -f --help --version' ;;
        *) _svc_offer "$_svccfg_subcommands" ;;
        esac
        ;;
    import/* | apply/* | validate/* | inventory/*) _svc_offer_files ;;
    export/*) _svc_offer_fmris "$_svc_states" services ;;
    delete/*) _svc_offer_fmris "$_svc_states" ;;
    help/*) _svc_offer "$_svccfg_subcommands" ;;
    listcust/*) _svc_offer '-L -M' ;;
    delcust/*) _svc_offer '-M' ;;
    revert/*) _svc_offer "$_svc_snapshots" ;;
    verify/*) _svc_offer '--json' ;;
    journal/*)
        case $cur in
        -*) _svc_offer '--json --after --before' ;;
        *) _svc_offer_fmris "$_svc_states" ;;
        esac
        ;;
    */*) COMPREPLY=() ;;
    esac
}

_svc.startd() {
    local words cur
    _svc_words
    case ${words[${#words[@]} - 2]} in
    -m | --milestone) _svc_offer "$_svc_milestones" ;;
    *) _svc_offer '--daemon --await --replace --status --stop --stop-all --within --backups --preview --restore --milestone --help --version' ;;
    esac
}

complete -F _svcs svcs
complete -F _svcadm svcadm
complete -F _svccfg svccfg
complete -F _svcprop svcprop
complete -F _svc.startd svc.startd
