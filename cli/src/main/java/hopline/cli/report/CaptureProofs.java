package hopline.cli.report;

import hopline.capture.LinkType;
import hopline.decode.census.CaptureFacts;
import hopline.decode.census.CaptureFacts.Readability;
import hopline.decode.census.InterfaceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a capture can prove, and what it cannot.
final class CaptureProofs {

    private static final long MICROSECOND = 1_000;

    private CaptureProofs() {}

    /// What it can, a sentence each.
    static List<String> of(CaptureFacts facts) {
        List<String> proofs = new ArrayList<>();
        long points = points(facts);
        if (facts.records() == 0) {
            return proofs;
        }
        if (points == 1) {
            proofs.add("what passed one capture point, and how it was answered there");
        } else if (points > 1) {
            proofs.add("what passed " + points
                    + " capture points: packets seen at several can be followed from hop to hop");
        }
        return proofs;
    }

    private static long points(CaptureFacts facts) {
        return facts.interfaces().stream().filter(at -> at.records() > 0).count();
    }

    /// What it cannot, and why; a sentence each.
    static List<String> gapsOf(CaptureFacts facts) {
        List<String> gaps = new ArrayList<>();
        if (facts.records() == 0) {
            gaps.add("anything: it holds no record");
            return gaps;
        }
        if (facts.readable() == Readability.PARTLY) {
            gaps.add("what came after the break");
        }
        if (points(facts) == 1) {
            gaps.add("where a packet went next, was lost or rewritten: that takes a second capture point or node");
        }
        undecoded(facts)
                .forEach((linkType, records) -> gaps.add(
                        "what " + TextReport.plural(records, "record") + " of link type " + LinkType.name(linkType)
                                + (records == 1 ? " holds" : " hold") + ": it is not decoded"));
        addTruncated(facts, gaps);
        if (facts.lostRecords() > 0) {
            gaps.add("what " + TextReport.plural(facts.lostRecords(), "packet")
                    + " held that the capturing system lost");
        }
        if (facts.resolutionNanos() >= MICROSECOND && facts.records() > 1) {
            String unit = facts.resolutionNanos() > MICROSECOND ? "milliseconds" : "microseconds";
            gaps.add("the order of what happened within one tick: stamps are in " + unit);
        }
        return gaps;
    }

    private static SortedMap<Integer, Long> undecoded(CaptureFacts facts) {
        SortedMap<Integer, Long> records = new TreeMap<>();
        for (InterfaceFacts at : facts.interfaces()) {
            int linkType = at.description().linkType();
            if (linkType != LinkType.ETHERNET && at.records() > 0) {
                records.merge(linkType, at.records(), Long::sum);
            }
        }
        return records;
    }

    private static void addTruncated(CaptureFacts facts, List<String> gaps) {
        if (facts.truncatedRecords() == 0) {
            return;
        }
        long headers = facts.counts().cutHeaderRecords();
        gaps.add("the ends of " + TextReport.plural(facts.truncatedRecords(), "record") + ", cut short when captured"
                + (headers == 0 ? "; all headers are there" : "; " + headers + " of them within a header"));
    }
}
