package dev.svc.svcs;

/// What svcs says about its own command line.
final class Usage {
    static final String SYNOPSIS = """
            Usage: svcs [-aHpv] [-o col[,col ...]] [-R restarter] [-sS col]... [FMRI | pattern ...]
                   svcs -d | -D [-Hpv] [-o col[,col ...]] [-sS col]... FMRI | pattern ...
                   svcs -l [-pv] FMRI | pattern ...
                   svcs -L [-v] [FMRI | pattern ...]
                   svcs -x [-Lv] [FMRI | pattern ...]
                   svcs -? | --help | --version
            """;

    private static final String OPTIONS = """

                -a         list all instances rather than only those that are enabled
                -d         list the instances that the ones named depend on
                -D         list the instances that depend on the ones named
                -H         omit the header line
                -l         list detailed information
                -L         list the log of each instance; with -v what is in it
                -o col,... list these columns
                -p         list processes too
                -R fmri    list only instances of this restarter; may be repeated
                -s col     sort by this column; may be repeated
                -S col     sort by this column in reverse; may be repeated
                -v         list more: next states and contracts, with -l properties, with -x paths and impact
                -x         explain why services do not run; with -L with lines of their logs
                -z, -Z     other zones; there are none here

            Services are named by FMRI, abbreviation, or pattern: all of these may stand for
            svc:/network/smtp:sendmail

                svc:/network/smtp:sendmail  network/smtp:sendmail  network/smtp
                smtp:sendmail  smtp  sendmail  svc:/network/*  *mail  *smtp*

            Columns for output and sorting:

            """;

    private Usage() {}

    /// The whole help.
    static String help() {
        StringBuilder help = new StringBuilder(SYNOPSIS).append(OPTIONS);
        for (Column column : Column.values()) {
            help.append("    ").append(column.name()).append(" ".repeat(8 - column.name().length())).append(column.description())
                    .append('\n');
        }
        return help.toString();
    }
}
