package hopline.cli;

import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.PlanException;
import hopline.capture.node.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options that make a plan of a capture; an option overrules what the plan's file says of the same.
final class PlanOptions {

    private static final String PLAN = "plan";
    private static final String OUTER_ONLY = "outer-only";
    private static final List<String> FLAGS = List.of("ring", "until-drop", "keep-filters");

    private PlanOptions() {}

    static Options options() {
        return new Options()
                .addOption(Values.option(PLAN, "FILE", "a plan in YAML, its keys named like these options"))
                .addOption(Values.option("backend", "auto|pktmon|netsh|pcap", "what captures; auto is the default"))
                .addOption(Values.option(
                        "profile",
                        "packets|drops|vfp|full|hns",
                        "what a Windows trace holds beside packets; packets is the default"))
                .addOption(Values.option("address", "ADDRESS", "only packets of this address or range; repeatable"))
                .addOption(Values.option("port", "PORT", "only packets of this port; repeatable"))
                .addOption(Values.option("protocol", "tcp|udp|icmp|sctp", "only packets of this protocol; repeatable"))
                .addOption(Values.option(
                        "pod",
                        "NAMESPACE/NAME",
                        "only packets of this pod's addresses, which kubectl or --state tells; repeatable"))
                .addOption(flag(OUTER_ONLY, "do not look for these inside VXLAN"))
                .addOption(Values.option(
                        "where",
                        "PLACE",
                        "all (default), nics, pod:NAMESPACE/NAME for one pod's path, or names of interfaces with"
                                + " commas (of pktmon: numbers of components)"))
                .addOption(Values.option("snap-length", "N", "octets kept of each packet; 0, all, is the default"))
                .addOption(Values.option("max-size", "SIZE", "packets on disk, then stop; 512M is the default"))
                .addOption(flag("ring", "at --max-size forget the oldest packets instead of stopping"))
                .addOption(Values.option("file-size", "SIZE", "begin another file after so much (libpcap)"))
                .addOption(Values.option("duration", "TIME", "stop after so long, as 30s, 10m, 2h"))
                .addOption(Values.option("keep-free", "SIZE", "stop before less is free on the disk; default 1G"))
                .addOption(flag("until-drop", "stop a second after the system counts a dropped packet"))
                .addOption(Values.option("pre-trigger", "TIME", "with --until-drop: keep so much of what precedes"))
                .addOption(Values.option(
                        "probe",
                        "FROM=WHAT",
                        "make traffic: FROM is pod:NAMESPACE/NAME, netns:NAME or node; WHAT is ping://HOST,"
                                + " tcp://HOST:PORT, dns://NAME[@SERVER] or http://HOST/PATH; repeatable"))
                .addOption(flag("keep-filters", "capture through pktmon filters that somebody else has set"));
    }

    private static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    /// The plan that `line` says.
    static CapturePlan plan(CommandLine line) throws UsageException, IOException {
        try {
            Map<String, List<String>> values = new LinkedHashMap<>();
            if (line.hasOption(PLAN)) {
                values.putAll(PlanFile.read(Path.of(line.getOptionValue(PLAN))));
            }
            for (String key : CapturePlan.KEYS) {
                if (line.hasOption(key)) {
                    values.put(key, FLAGS.contains(key) ? List.of("true") : Values.of(line, key));
                }
            }
            if (line.hasOption(OUTER_ONLY)) {
                values.put("inside-tunnels", List.of("false"));
            }
            return CapturePlan.of(values);
        } catch (PlanException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
