package hopline.cli.report;

import hopline.capture.LinkType;
import hopline.decode.census.CaptureFacts;
import hopline.decode.census.CaptureFacts.Readability;
import java.util.ArrayList;
import java.util.List;

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
            proofs.add("what passed one capture point");
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
        facts.counts().undecodedRecords().forEach((linkType, records) -> gaps.add(undecoded(linkType, records)));
        addTruncated(facts, gaps);
        if (facts.lostRecords() > 0) {
            gaps.add("what "
                    + TextReport.plural(facts.lostRecords(), facts.trace().isPresent() ? "event" : "packet")
                    + " held that the capturing system lost");
        }
        if (facts.resolutionNanos() >= MICROSECOND && facts.records() > 1) {
            String unit = facts.resolutionNanos() > MICROSECOND ? "millisecond" : "microsecond";
            gaps.add("the order of what happened within one " + unit + ": its stamps are no finer");
        }
        return gaps;
    }

    private static String undecoded(int linkType, long records) {
        return "what " + TextReport.plural(records, "record") + " of " + LinkType.phrase(linkType)
                + (records == 1 ? " holds" : " hold") + ": it is not decoded yet";
    }

    private static void addTruncated(CaptureFacts facts, List<String> gaps) {
        if (facts.truncatedRecords() == 0) {
            return;
        }
        long headers = facts.counts().cutHeaderRecords();
        gaps.add("the ends of " + TextReport.plural(facts.truncatedRecords(), "record") + ", cut short when captured"
                + " at " + lengths(facts)
                + (headers == 0 ? "; their headers are whole" : "; " + within(headers)));
    }

    /// A file's snap length says how much might have been captured, not how much was.
    private static String lengths(CaptureFacts facts) {
        String most = TextReport.plural(facts.mostLeft(), "octet");
        return facts.leastLeft() == facts.mostLeft() ? most : Numerals.grouped(facts.leastLeft()) + " to " + most;
    }

    private static String within(long headers) {
        return Numerals.grouped(headers)
                + (headers == 1 ? " of them ends within a header" : " of them end within a header");
    }
}
