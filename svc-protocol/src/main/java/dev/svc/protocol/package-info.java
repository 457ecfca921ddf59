/// The control protocol: what commands and manager say to each other, and the JSON codec that labels and journal share with it.
///
/// Unix stream socket `run/svc/control.sock` below [SvcRoot]; UTF-8 JSON, one object a line, at most 1 MiB (64 KiB from other users
/// than root and the manager's own). The server greets first, then the client sends requests; replies carry the request's `id`.
/// Unknown members are ignored; an unknown verb is answered by name. Each request is answered by any number of lines and exactly one
/// *end line*, the one that has `status`: the exit status the command should have (0, 1; with `synchronous` also 3 and 4). While a
/// request waits for a state, an empty line comes every few seconds, so that either side notices when the other is gone. A line that
/// is no request is answered by an error and an end line without an id.
///
/// A request that is sent once more, because the connection broke before its end line, has `"again":true`: what is found to be as
/// asked (deleted, added by an edit, no more in maintenance) was done then, and is no error.
///
/// ```
/// greeting    {"svc":1,"state":"running"|"starting"|"recovering","version":"0.1.0","pid":123,"root":"/"}
///             {"svc":1,"state":"busy","error":".."}                            instead of it, if the user has too many connections; it closes then
/// request     {"id":1,"do":"enable","patterns":["web"],"temporary":true}
/// reply       {"id":1,"done":"svc:/site/web:default","text":"svc:/site/web:default temporarily enabled."}
///             {"id":1,"warning":"Pattern 'x' doesn't match any instances"}     printed as "PROGNAME: WARNING" on stderr, status becomes 1
///             {"id":1,"error":"svc:/site/web:default: Permission denied."}     the same
///             {"id":1,"note":"..."}                                            printed on stdout as it is
/// end line    {"id":1,"status":0}
/// ```
///
/// **Reading** (answered from the published snapshot; instances in the order the operand walker visits them, the client sorts)
///
/// ```
/// list        patterns [..] (empty: all), select "enabled"|"all" (only without patterns), of "instances"|"dependencies"|"dependents",
///             restarters [fmri..], details ["processes","dependencies","properties","logs"]
///             members ["state","next","since",..]: of the members below only these and "fmri" (absent: all; details come besides)
///   reply     {"id":1,"instance":{
///               "fmri":"svc:/a/b:c", "service":"a/b", "instance":"c", "name":"common name" (absent if none),
///               "state":"online" (absent, as next, since and aux, if it is incomplete: the restarter ignores it),
///               "next":"none", "since":"1741097330.042117000", "aux":"dependencies_satisfied",
///               "enabled":true (permanent; absent if incomplete), "override":false (only if there is a temporary setting),
///               "comment":".." (why it is disabled; absent if none), "contracts":[17] (absent: none this boot), "transients":[18],
///               "logfile":"/var/svc/log/a-b:c.log", "restarter":"svc:/..",
///               "containment":"cgroup"|"fallback", "faults":"of mains"|"unseen" (absent: a fault of one process among several is seen),
///               "processes":[{"pid":1,"started":"1741097330.0","command":"sh","arguments":"sh -c .."}],            with detail processes
///               "dependencies":[{"name":"net","grouping":"require_all","restart_on":"none",
///                                "entities":[{"fmri":"svc:/x","state":"online"|"absent"|"multiple"|"invalid"|"unknown"}]}],   dependencies
///               "properties":[{"name":"config","type":"application","description":"..","properties":[
///                                {"name":"port","type":"count","values":["80"],"description":".."}]}] }}           with detail properties
/// explain     patterns [..] (empty: everything that has a problem), details ["excerpt"]
///   reply     {"id":1,"explanation":{
///               "fmri":"..","name":"common name"|absent,"state":"maintenance","next":"none","since":"..","running":false,
///               "reasons":[{"text":"Start method exited with status 2.","message":"SMF-8000-KS" (absent if none),
///                           "logs":["/var/.."] (log of the requester), "path":["svc:/x:default",..] (for -v; from the instance to the cause)}],
///               "documents":[{"title":"sshd","section":"8","path":"/usr/share/man"}|{"uri":"http://.."}], "logs":["/var/svc/log/.."],
///               "impact":["svc:/y:default",..], "advice":["Correct .., then: svcadm clear site/web"], "excerpt":["last log lines"] }}
///   first     {"id":1,"message_base":"https://../"} (absent: no See lines for message ids)
/// properties  patterns [..], view "effective"|"current"|"own"|"snapshot", snapshot "running", groups ["pg","pg/prop"]
///   reply     {"id":1,"entity":"svc:/a:b","kind":"instance"|"service"|"group"|"property","groups":[{"name":"config","type":"application",
///               "holder":"svc:/a" (entity that holds the group, if not the entity),"properties":[{"name":"port","type":"count","values":["80"],"holder":..}]}]}
///             with groups: one element for each selection that exists, in their order, with the property selected alone if one is
///             a selection that is absent: {"id":1,"entity":..,"missing":"config/port"}; values the asker may not read: "values":[],"hidden":true
///             prefer "services": a pattern stands for a service rather than for its instances (svccfg)
///             a group or property operand comes whole, whatever `groups` has: svcprop selects
/// watch       patterns [one], view "own", groups [at most one]; waits until that property group changes, then as properties
/// status      -> {"id":1,"manager":{"pid":..,"instances":n,"online":n,"contained":"cgroup","reached":true (default milestone settled),
///               "milestone":"all","notices":["repository was rebuilt; report: .."]}}
/// await       settled true -> end line when every enabled instance is online, in maintenance, or cannot get further by itself
/// ```
///
/// **Administration** (answered when recorded: I7; with `"synchronous":true` when the state is reached or cannot be; `"timeout":seconds`)
///
/// ```
/// enable      patterns, temporary, recursive, comment          disable   patterns, temporary, comment
/// restart     patterns, dump                                   refresh   patterns
/// clear       patterns                                         mark      patterns, state "maintenance"|"degraded", immediate, temporary
///             each also: "with_state":"maintenance" instead of patterns; "tty":true if stdin is a terminal; "pid": of the command,
///             by which mark finds the service that asks; "verbose":true: refusals name the property group or property
/// edit        entity "svc:/a:b", edits [{"edit":"setprop","group":"config","property":"port","type":"count" (if not as before),"values":["80"]},
///             {"edit":"delprop",group,property}, {"edit":"addpg",group,type}, {"edit":"delpg",group}]: all or nothing; a refresh is another request
/// milestone   name, default
/// import      name "file.xml" (for messages), path "/real/file.xml" (recorded), bundle "<?xml .." or base64 (the file's bytes), strict
///   reply     {"progress":"file.xml: Upgrading .."} .. {"unchanged":true} (if nothing was new) {"imported":"svc:/a:b"} .. ;
///             {"warning":"Conflict upgrading .."} does not change the status; errors: {"error":"file.xml:31: .."}
/// apply       the same for a profile              validate  name, bundle or base64
/// delete      patterns, force                     export    patterns, all -> {"id":1,"service":"svc:/a","bundle":"<?xml .."}
/// customizations  entity, glob, masked (only what hides), local (also the site profile's) -> {"id":1,"customization":{"entity":"svc:/a:b",
///               "layer":"admin","group":"config","property":"port" (absent: the group as a whole),"type":"count","values":["80"],"masked":false}}
/// uncustomize entity, glob, masked -> {"id":1,"done":"svc:/a:b","text":" Deleting customizations for property: config/port"}
/// verify      -> {"id":1,"finding":{"level":"V2","gravity":"note"|"damage"|"loss","file":"repository.db","entity":"svc:/a:b" (where known,
///               as group and sequence),"group":"general","sequence":42,"what":".."}}; damage to live files is mended before the answer
/// restore     without backup -> {"id":1,"backup":{"name":"repository-boot-42.db","kind":"boot","sequence":42,"written":"2026-11-23T08:00:00Z"}};
///             backup "name", preview true -> {"id":1,"line":".."} what would change, for a person; without preview it is done
/// shutdown    services true|false   stop services in reverse order first, or end the manager alone; end line before the manager ends
/// ```
package dev.svc.protocol;
