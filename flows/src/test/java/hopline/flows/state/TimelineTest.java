package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void knowsNothingOutsideItsSpell() {
        Timeline<String> timeline = Timeline.of(List.of(spell(10, 20, "a")), Spell.IN_FORCE);

        assertThat(timeline.at(9)).isEmpty();
        assertThat(timeline.at(10)).hasValue("a");
        assertThat(timeline.at(19)).hasValue("a");
        assertThat(timeline.at(20)).isEmpty();
    }

    @Test
    void aSpellWithoutEndsHoldsForEver() {
        Timeline<String> timeline = Timeline.of(List.of(Spell.known(Interval.ALWAYS, "a")), Spell.IN_FORCE);

        assertThat(timeline.at(Long.MIN_VALUE)).hasValue("a");
        assertThat(timeline.at(Long.MAX_VALUE)).hasValue("a");
    }

    @Test
    void theFirstVersionHoldsBeforeItWasSeenToo() {
        Timeline<String> timeline =
                Timeline.of(Spell.successive(new TreeMap<>(Map.of(10L, "a", 20L, "b"))), Spell.IN_FORCE);

        assertThat(timeline.at(0)).hasValue("a");
        assertThat(timeline.at(19)).hasValue("a");
        assertThat(timeline.at(20)).hasValue("b");
        assertThat(timeline.at(Long.MAX_VALUE)).hasValue("b");
    }

    @Test
    void nothingHoldsWhereNothingIsKnown() {
        assertThat(Timeline.of(List.<Spell<String>>of(), Spell.IN_FORCE).at(0)).isEmpty();
    }

    /// Against the plain definition: of the spells that contain a moment, the preferred one.
    @Property
    void agreesWithASearch(
            @ForAll @Size(max = 12) List<@IntRange(max = 30) Integer> starts,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 10) Integer> lengths,
            @ForAll @IntRange(max = 45) int moment) {
        List<Spell<Integer>> spells = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            spells.add(Spell.known(new Interval(starts.get(i), starts.get(i) + lengths.get(i)), i));
        }
        Optional<Integer> expected = spells.stream()
                .filter(spell -> spell.interval().contains(moment))
                .min(Spell.IN_FORCE)
                .map(Spell::value);

        assertThat(Timeline.of(spells, Spell.IN_FORCE).at(moment)).isEqualTo(expected);
    }

    private static Spell<String> spell(long from, long until, String value) {
        return Spell.known(new Interval(from, until), value);
    }
}
