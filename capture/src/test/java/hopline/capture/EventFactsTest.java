package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFactsTest {

    private static EventFacts drop() {
        return new EventFacts()
                .from("pktmon")
                .put(Fact.REASON, 902)
                .put(Fact.DROP, "Not locally destined")
                .put(Fact.LOCATION, 0xe0004138L)
                .put(Fact.GROUP, 13)
                .put(Fact.COMPONENT, 98);
    }

    private static final String DROP_COMMENT =
            "pktmon: drop=\"Not locally destined\" reason=902 location=0xe0004138 group=13 component=98";

    @Test
    void areAComment() {
        assertThat(drop().format()).isEqualTo(DROP_COMMENT);
    }

    @Test
    void ofADropAreASentenceToo() {
        EventFacts facts = drop().put(Fact.APPEARANCE, 3).put(Fact.PROCESS, 4);

        assertThat(facts.sentence())
                .isEqualTo(
                        "dropped: Not locally destined, at location 0xe0004138; component 98; group 13, appearance 3; PID 4");
        assertThat(facts.put(Fact.PLACE, "the filter\nof a port").sentence())
                .contains(", at the filter of a port; component 98;");
        assertThat(new EventFacts().from("ndis").put(Fact.REASON, 5).sentence()).isEqualTo("dropped: reason 5");
        assertThat(new EventFacts().parse("dropped: a=1")).isFalse();
        assertThatThrownBy(() -> new EventFacts().from("dropped")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areReadFromTheirComment() {
        EventFacts read = new EventFacts();

        assertThat(read.parse(DROP_COMMENT)).isTrue();
        assertThat(read).isEqualTo(drop());
        assertThat(read.isDrop()).isTrue();
        assertThat(read.number(Fact.LOCATION, 0)).isEqualTo(0xe0004138L);
        assertThat(read.text(Fact.DROP)).isEqualTo("Not locally destined");
        assertThat(read.number(Fact.EDGE, -1)).isEqualTo(-1);
    }

    @Test
    void ofNamesFromALaterVersionArePassedOver() {
        EventFacts read = new EventFacts();

        assertThat(read.parse("vfp: colour=\"red\" group=3 shade=9")).isTrue();
        assertThat(read).isEqualTo(new EventFacts().from("vfp").put(Fact.GROUP, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pktmon",
                "pktmon:",
                "pktmon:group=1",
                "a remark: group=1",
                "PKTMON: group=1",
                "pktmon: see the ticket",
                "pktmon: group=",
                "pktmon: group=one",
                "pktmon: group=1, or 2",
                "pktmon: group=99999999999999999999",
                "pktmon: drop=\"open",
                "pktmon: group=1 ",
                "pktmon: drop=\"x\"y"
            })
    void areNotReadFromWhatAPersonWrote(String comment) {
        assertThat(new EventFacts().parse(comment)).isFalse();
    }

    @Property
    void surviveBeingWritten(
            @ForAll @NotBlank String drop, @ForAll long group, @ForAll @Chars({'"', '\\', '\n', 'a'}) String rule) {
        EventFacts facts = new EventFacts()
                .from("vfp")
                .put(Fact.DROP, drop.replace("\0", ""))
                .put(Fact.GROUP, group)
                .put(Fact.RULE, rule);
        EventFacts read = new EventFacts();

        assertThat(read.parse(facts.format())).isTrue();
        assertThat(read).isEqualTo(facts);
    }

    /// A line is put over the one before, which must not show through.
    @Property
    void areWrittenAsTheyAreSaidWhateverWasWrittenBefore(
            @ForAll List<@LongRange(min = -3, max = 1500) Long> groups,
            @ForAll List<@Chars({'a', '\u00e9', '"'}) @StringLength(max = 2) String> places,
            @ForAll boolean bigEndian) {
        EventFacts facts = new EventFacts();
        for (int i = 0; i < groups.size(); i++) {
            long group = groups.get(i);
            facts.from(group % 7 == 0 ? "vfp" : "pktmon").put(Fact.GROUP, group).put(Fact.COMPONENT, group % 3);
            facts.put(Fact.LOCATION, group & 0xffff_ffffL).put(Fact.THREAD, group * group * 1_000_003);
            if (i < places.size()) {
                facts.put(Fact.PLACE, places.get(i));
            } else if (group % 5 == 0) {
                facts.put(Fact.PLACE, group);
            }
            assertThat(written(facts, bigEndian)).isEqualTo(facts.format());
        }
    }

    private static String written(EventFacts facts, boolean bigEndian) {
        OptionBuffer options = new OptionBuffer(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        facts.addTo(options);
        return options.toOptions().text(CaptureOptions.COMMENT).orElseThrow();
    }

    @Test
    void refuseASourceThatCouldNotBeReadBack() {
        assertThatThrownBy(() -> new EventFacts().from("Packet Monitor"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Packet Monitor");
    }

    /// So that an analysis sees the same in a trace and in the capture it was converted to.
    @Test
    void areTheSamePutThereByAReaderOrReadFromAComment() {
        RecordNotes traced = new RecordNotes();
        traced.setFacts(drop());
        RecordNotes converted = new RecordNotes();
        converted.set(new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                .text(CaptureOptions.COMMENT, "seen on Monday")
                .text(CaptureOptions.COMMENT, DROP_COMMENT));

        assertThat(traced.facts()).isEqualTo(drop());
        assertThat(traced.hasUnwrittenFacts()).isTrue();
        assertThat(converted.facts()).isEqualTo(drop());
        assertThat(converted.hasUnwrittenFacts()).isFalse();
    }
}
