/// Option parsing as the commands of SMF do it: picocli, set up to behave as getopt(3) in POSIX mode.
package dev.svc.options;
