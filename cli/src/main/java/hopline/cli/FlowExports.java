package hopline.cli;

import hopline.cli.export.Collectors;
import hopline.cli.export.CsvExport;
import hopline.cli.export.EcsExport;
import hopline.cli.export.FlowExport;
import hopline.cli.export.HubbleExport;
import hopline.cli.export.IpfixExport;
import hopline.cli.export.ZeekExport;
import hopline.flows.analysis.FlowReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;

/// The forms of other programs that flows can be written in.
final class FlowExports {

    private static final List<String> FORMATS =
            List.of("text", "json", "jsonl", "csv", "hubble", "zeek", "ecs", "ipfix");

    private FlowExports() {}

    /// What `--format` says; IPFIX where a collector is named.
    static String format(CommandLine line) throws UsageException {
        boolean collector = line.hasOption("collector");
        String format = line.getOptionValue("format", collector ? "ipfix" : "text");
        if (!FORMATS.contains(format)) {
            throw new UsageException("--format is one of " + String.join(", ", FORMATS) + ", not " + format);
        }
        if (collector && !format.equals("ipfix")) {
            throw new UsageException("--collector takes ipfix, not " + format);
        }
        if (format.equals("ipfix") && !collector && Boolean.getBoolean("hopline.out.terminal")) {
            throw new UsageException("standard output is a terminal, and IPFIX is not text: send it to a file");
        }
        return format;
    }

    /// Writes `flows` in that form; false when a collector could not be reached, which was complained about.
    static boolean write(String format, CommandLine line, Inputs inputs, List<FlowReport> flows, Console console)
            throws UsageException, IOException {
        if (!line.hasOption("collector")) {
            write(of(format, inputs, console.out()), flows);
            return true;
        }
        String address = line.getOptionValue("collector");
        try {
            write(new IpfixExport(Collectors.at(address), now().getEpochSecond()), flows);
            return true;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            console.complain(address + ": " + InputFinder.reason(e));
            return false;
        }
    }

    private static void write(FlowExport export, List<FlowReport> flows) throws IOException {
        try (export) {
            for (FlowReport flow : flows) {
                export.write(flow);
            }
        }
    }

    private static FlowExport of(String format, Inputs inputs, PrintStream out) throws IOException {
        return switch (format) {
            case "csv" -> new CsvExport(out);
            case "hubble" -> new HubbleExport(out);
            case "zeek" -> new ZeekExport(out, !inputs.cluster().isEmpty(), now());
            case "ecs" -> new EcsExport(out);
            case "ipfix" -> new IpfixExport(Collectors.stream(out), now().getEpochSecond());
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static Instant now() {
        return Instant.now();
    }
}
