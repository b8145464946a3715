package hopline.cli.export;

import hopline.decode.IpProtocol;
import hopline.flows.Flow;
import hopline.flows.TcpConnection;
import hopline.flows.TcpConnection.Reset;
import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.Party;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Flows as [Zeek's conn.log](https://docs.zeek.org/en/master/logs/conn.html) in its form with tabs.
///
/// A flow's packets are counted once however many points saw them. The letters of a connection's history
/// stand in the order in which a connection goes, since a flow does not remember in which they came.
public final class ZeekExport implements FlowExport {

    private static final String FIELDS =
            "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes"
                    + " resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts"
                    + " resp_ip_bytes tunnel_parents ip_proto";
    private static final String TYPES =
            "time string addr port addr port enum string interval count count string bool bool"
                    + " count string count count count count set[string] count";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNSET = "-";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int UID_LENGTH = 17;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final PrintStream out;
    private final boolean hasCluster;
    private final Instant opened;

    /// Writes to `out`, which stays open.
    ///
    /// @param hasCluster whether it is known who is of the cluster, and so local
    /// @param opened what the heading gives as the time of writing
    public ZeekExport(PrintStream out, boolean hasCluster, Instant opened) {
        this.out = out;
        this.hasCluster = hasCluster;
        this.opened = opened;
        out.print("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n");
        out.print("#open\t" + STAMP.format(opened) + "\n");
        out.print("#fields\t" + FIELDS.replace(' ', '\t') + "\n#types\t" + TYPES.replace(' ', '\t') + "\n");
    }

    @Override
    public void write(FlowReport report) {
        FlowFacts facts = new FlowFacts(report);
        Flow flow = facts.flow();
        out.print(String.join(
                        "\t",
                        List.of(
                                seconds(flow.startNanos() / NANOS_PER_MICRO),
                                uid(report, facts),
                                facts.source().toString(),
                                String.valueOf(facts.sourcePort()),
                                facts.destination().toString(),
                                String.valueOf(facts.destinationPort()),
                                transport(facts.protocol()),
                                flow.dns() == null ? UNSET : "dns",
                                seconds((flow.endNanos() - flow.startNanos()) / NANOS_PER_MICRO),
                                count(facts.payload(true)),
                                count(facts.payload(false)),
                                state(flow),
                                local(report.flow().initiator()),
                                local(report.flow().target()),
                                "0",
                                history(flow, facts),
                                String.valueOf(flow.forward().packets()),
                                String.valueOf(flow.forward().octets()),
                                String.valueOf(flow.reverse().packets()),
                                String.valueOf(flow.reverse().octets()),
                                UNSET,
                                String.valueOf(facts.protocol())))
                + "\n");
    }

    private static String seconds(long micros) {
        return String.format(
                Locale.ROOT,
                "%d.%06d",
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND));
    }

    private static String count(long number) {
        return number < 0 ? UNSET : String.valueOf(number);
    }

    /// The same for the same flow in every run.
    private static String uid(FlowReport report, FlowFacts facts) {
        try {
            String flow = facts.communityId() + report.flow().flow().startNanos() + report.id();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(flow.getBytes(StandardCharsets.US_ASCII));
            BigInteger rest = new BigInteger(1, hash);
            StringBuilder uid = new StringBuilder("C");
            BigInteger base = BigInteger.valueOf(DIGITS.length());
            while (uid.length() <= UID_LENGTH) {
                uid.append(DIGITS.charAt(rest.mod(base).intValue()));
                rest = rest.divide(base);
            }
            return uid.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String transport(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> "icmp";
            default -> "unknown_transport";
        };
    }

    private String local(Party party) {
        if (!hasCluster) {
            return UNSET;
        }
        boolean known = party.pod().isPresent() || party.addressed().isPresent() || party.isNode();
        return known || party.node().isPresent() ? "T" : "F";
    }

    static String state(Flow flow) {
        TcpConnection tcp = flow.tcp();
        if (tcp == null) {
            return flow.forward().packets() == 0 ? "SHR" : flow.reverse().packets() == 0 ? "S0" : "SF";
        }
        boolean asked = tcp.initiator().syns() > 0;
        boolean answered = tcp.responder().syns() > 0;
        if (!asked) {
            return "OTH";
        }
        Reset reset = tcp.reset();
        if (reset != null) {
            return reset(reset, answered);
        }
        boolean first = tcp.initiator().isFinished();
        boolean second = tcp.responder().isFinished();
        if (!answered) {
            return first ? "SH" : flow.reverse().packets() == 0 ? "S0" : "OTH";
        }
        return first && second ? "SF" : first ? "S2" : second ? "S3" : "S1";
    }

    private static String reset(Reset reset, boolean answered) {
        if (reset.answersSyn()) {
            return "REJ";
        }
        return answered ? reset.byInitiator() ? "RSTO" : "RSTR" : reset.byInitiator() ? "RSTOS0" : "RSTRH";
    }

    private static String history(Flow flow, FlowFacts facts) {
        TcpConnection tcp = flow.tcp();
        if (tcp == null) {
            String there = facts.payload(true) > 0 ? "D" : "";
            String back = facts.payload(false) > 0 ? "d" : "";
            return there.isEmpty() && back.isEmpty() ? UNSET : there + back;
        }
        StringBuilder history = new StringBuilder();
        add(history, tcp.initiator().syns() > 0, "S");
        add(history, tcp.responder().syns() > 0, "h");
        add(history, tcp.isEstablished(), "A");
        add(history, tcp.initiator().payload() > 0, "D");
        add(
                history,
                tcp.isEstablished()
                        && tcp.initiator().payload() > 0
                        && flow.reverse().packets() > 1,
                "a");
        add(history, tcp.responder().payload() > 0, "d");
        add(history, tcp.isStalled(true), "T");
        add(history, tcp.isStalled(false), "t");
        add(history, tcp.initiator().isFinished(), "F");
        add(history, tcp.responder().isFinished(), "f");
        Reset reset = tcp.reset();
        add(history, reset != null && reset.byInitiator(), "R");
        add(history, reset != null && !reset.byInitiator(), "r");
        return history.isEmpty() ? UNSET : history.toString();
    }

    private static void add(StringBuilder history, boolean seen, String letter) {
        history.append(seen ? letter : "");
    }

    @Override
    public void close() {
        out.print("#close\t" + STAMP.format(opened) + "\n");
        out.flush();
    }
}
