package hopline.cli;

import hopline.cli.report.Lines;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Prints what can be typed.
final class Help {

    private static final int TEXT_COLUMN = 26;
    private static final int WIDTH = 96;

    private Help() {}

    /// The options every verb takes.
    static Options withCommon(Options options) {
        options.addOption(Option.builder()
                .longOpt("color")
                .hasArg()
                .argName("auto|always|never")
                .desc("auto is the default; NO_COLOR is honoured")
                .get());
        options.addOption(
                Option.builder("h").longOpt("help").desc("print this help").get());
        return options;
    }

    static void overview(List<Verb> verbs, PrintStream out) {
        out.println("Hopline shows every hop a container packet takes on a Kubernetes node,");
        out.println("and names the hop where it was dropped or mistranslated.");
        out.println();
        out.println("usage: hopline VERB [options] [operands]");
        out.println();
        verbs.forEach(verb -> printEntry(verb.name(), verb.summary(), out));
        out.println();
        printEntry("VERB --help", "its options, with examples", out);
        printEntry("--version", "print the version", out);
        out.println();
        out.println("exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 usage,");
        out.println("            3 an input could not be read, or only in part, 4 the environment refused");
    }

    static void of(Verb verb, Options options, PrintStream out) {
        out.println("usage: hopline " + verb.name() + " " + verb.synopsis());
        out.println();
        Lines.wrap(verb.summary(), WIDTH).forEach(out::println);
        out.println();
        for (Option option : options.getOptions()) {
            printEntry(syntax(option), option.getDescription(), out);
        }
        out.println();
        for (Verb.Example example : verb.examples()) {
            out.println("  # " + example.purpose());
            out.println("  " + example.command());
        }
    }

    private static String syntax(Option option) {
        String name = option.getOpt() == null
                ? "--" + option.getLongOpt()
                : "-" + option.getOpt() + ", --" + option.getLongOpt();
        return option.hasArg() ? name + " " + option.getArgName() : name;
    }

    private static void printEntry(String name, String text, PrintStream out) {
        List<String> lines = Lines.wrap(text, WIDTH - TEXT_COLUMN);
        String head = "  " + name;
        if (head.length() >= TEXT_COLUMN) {
            out.println(head);
            head = "";
        }
        for (String line : lines) {
            out.println(head + " ".repeat(TEXT_COLUMN - head.length()) + line);
            head = "";
        }
    }
}
