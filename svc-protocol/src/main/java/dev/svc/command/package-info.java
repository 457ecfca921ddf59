/// What the commands have in common: their surroundings ([Console]), and how an administrative answer is shown.
///
/// A command parses its arguments into a request record and nothing else; the work is done by classes that do not know the parser.
/// Normal output goes to the console's `out`, which is written at the end; warnings and errors go to `err` as `program: message`.
/// Nothing is written to `err` on success. Exit statuses are those of the man pages: 0 done, 1 failed, 2 usage.
///
/// Commands start often and must start fast: on their common paths there are no streams, regular expressions, pattern switches or
/// `String.format`, because each of these costs milliseconds of class loading.
package dev.svc.command;
