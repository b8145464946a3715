package hopline.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Which of those that pass the filters are shown: all, the first few, or the last few.
///
/// @param first how many at the beginning; all when nothing was said
/// @param last how many at the end; 0 when not asked for
record Selection(long first, long last) {

    private static final String COUNT = "c";
    private static final String FIRST = "first";
    private static final String LAST = "last";

    static Options add(Options options, String what) {
        return options.addOption(Option.builder(COUNT)
                        .longOpt(FIRST)
                        .hasArg()
                        .argName("N")
                        .desc("only the first N " + what)
                        .get())
                .addOption(Values.option(LAST, "N", "only the last N " + what));
    }

    static Selection of(CommandLine line) throws UsageException {
        if (line.hasOption(FIRST) && line.hasOption(LAST)) {
            throw new UsageException("--first and --last together leave nothing to choose");
        }
        long first = line.hasOption(FIRST)
                ? Values.number(FIRST, line.getOptionValue(FIRST), 0, Integer.MAX_VALUE)
                : Long.MAX_VALUE;
        long last = line.hasOption(LAST) ? Values.number(LAST, line.getOptionValue(LAST), 1, Integer.MAX_VALUE) : 0;
        return new Selection(first, last);
    }
}
