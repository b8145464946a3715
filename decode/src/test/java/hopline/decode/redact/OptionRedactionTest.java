package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureOptions;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.OptionBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class OptionRedactionTest {

    private final RedactionKey key = RedactionKey.of("test");
    private final AddressPseudonyms addresses = new AddressPseudonyms(key, false);
    private final TextRedaction text = new TextRedaction(addresses, new NamePseudonyms(key));
    private final OptionRedaction options = new OptionRedaction(addresses, text);

    @Test
    void whatPeopleNamedIsRewrittenAndTheSystemsWordsStay() {
        EventFacts said = new EventFacts()
                .from("vfp")
                .put(Fact.DROP, "Not locally destined")
                .put(Fact.PORT, "payments-7")
                .put(Fact.COMPONENT, 98);

        EventFacts made = options.facts(said);

        assertThat(made.text(Fact.PORT)).isEqualTo(text.redact("payments-7")).isNotEqualTo("payments-7");
        assertThat(made.text(Fact.DROP)).isEqualTo("Not locally destined");
        assertThat(said.text(Fact.PORT)).isEqualTo("payments-7");
    }

    /// A trace has some for each record: they are not made anew for each.
    @Test
    void factsOfTheNextRecordTakeThePlaceOfThoseBefore() {
        EventFacts one = options.facts(new EventFacts().from("vfp").put(Fact.RULE, "payments-7"));
        EventFacts other = options.facts(new EventFacts().from("ndis").put(Fact.COMPONENT, 98));

        assertThat(other).isSameAs(one);
        assertThat(other.format()).isEqualTo("ndis: component=98");
    }

    /// Interfaces are asked for while a record is at hand.
    @Test
    void whatIsSaidOfAnInterfaceLeavesTheRecordsFactsAlone() {
        EventFacts ofRecord = options.facts(new EventFacts().from("pktmon").put(Fact.GROUP, 7));
        OptionBuffer said = new OptionBuffer(ByteOrder.BIG_ENDIAN);
        said.text(CaptureOptions.COMMENT, "pktmon: component=98");

        options.ofInterface(said.toOptions());

        assertThat(ofRecord.format()).isEqualTo("pktmon: group=7");
    }
}
