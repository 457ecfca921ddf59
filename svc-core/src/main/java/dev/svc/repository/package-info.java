/// What the administrator wants, on disk: SQLite database, journal, backups; their verification and rebuild.
///
/// - The *property group* is the unit of storage, hashing, journalling and transaction, as it is SMF's unit of transaction. Tables:
///   [Schema]; content columns: [Content]; a journal line: [JournalLine]; a segment: [JournalSegment]; file names: [Place], [Backups].
/// - Four copies, none believed unchecked: memory ([Holding]), database, journal, backups. While the manager lives memory is the best
///   of them and everything else is written from it; when it starts, [Opening] decides which of the others to believe.
/// - A change is *committed* when its journal line is on disk. The database follows in a transaction of its own, and may lag: what it
///   has not got stands in the journal.
///
/// **Invariants**
/// 1. A change that was acknowledged is there as long as a journal line, an intact row or a later backup has it.
/// 2. A change that was refused never turns up: a write cut short is cut away before anything else is appended. One whose outcome is
///    unknown may turn up at the next start, but never in front of a later change.
/// 3. Numbers are never used twice for different changes that anybody was told of: the next is above all that database, journal,
///    backups, root group and labels speak of.
/// 4. What is not there is never missing in silence: [Freshness#complete] is false until takeover has compared labels, also across
///    further starts (the range stands in `meta.lost`).
/// 5. SQLite is never let near a file whose header and size do not fit; reading takes no lock and rolls nothing back. A hot journal is
///    first tried on a copy.
/// 6. A new database is written beside the old one, verified, and only then put in its place; the old one is kept aside.
/// 7. Opening never fails. What cannot be written lives in memory, and changes are refused with a reason until it can.
///
/// **Levels**
/// ```
/// V1   header, size, quick_check             truncation, torn pages                          DatabaseReader
/// V2   the hash of every row                 flipped bits, foreign edits                     DatabaseReader
/// V3   the sum of all hashes                 rows vanished, duplicated or come back          DatabaseReader
/// V4   sequence and epoch of everything      an older copy put in the place of a newer one   Opening, Replay
/// V5   labels against definitions, memory    takeover's and the engine's part
/// ```
///
/// **Rebuild**: the newest sound copy; over it the newer intact rows of the damaged file ([PageSalvage] finds them page by page); over
/// that the journal, each row taking the highest sequence that speaks of it ([Rebuild], pure). Manifests and labels are the engine's.
///
/// Everything goes through [Disk], which tests replace. A [Repository] is used by one thread at a time, the repository thread; it has
/// no thread or timer of its own. Used by `engine` and `startd`; uses `model` and below. Semantics of backups and transactions:
/// svc.configd(8); everything else is ours: ADR 0001.
package dev.svc.repository;
