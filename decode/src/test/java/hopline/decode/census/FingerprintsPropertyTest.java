package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FingerprintsPropertyTest {

    /// It answers as a set of the platform would, however it has to grow; two bits are for marks.
    @Property(tries = 50)
    void tellsNewOnesFromKnownOnes(@ForAll @Size(max = 3000) List<Long> fingerprints) {
        Fingerprints set = new Fingerprints(Integer.MAX_VALUE);
        Set<Long> expected = new HashSet<>();
        for (long fingerprint : fingerprints) {
            assertThat(set.add(fingerprint)).isEqualTo(expected.add(fingerprint >>> 2));
        }
    }

    /// Marks of one are not those of another, and stay when the set grows.
    @Property(tries = 50)
    void remembersMarks(@ForAll @Size(max = 3000) List<Long> fingerprints) {
        Fingerprints set = new Fingerprints(Integer.MAX_VALUE);
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < fingerprints.size(); i++) {
            long fingerprint = fingerprints.get(i);
            int mark = 1 + i % 2;
            int before = expected.getOrDefault(fingerprint >>> 2, 0);
            assertThat(set.mark(fingerprint, mark)).isEqualTo(before);
            expected.put(fingerprint >>> 2, before | mark);
        }
    }

    @Test
    void turnsAwayWhatIsTooMuch() {
        Fingerprints set = new Fingerprints(2);
        assertThat(set.add(4)).isTrue();
        assertThat(set.mark(8, 2)).isZero();

        assertThat(set.add(4)).isFalse();
        assertThat(set.isFull()).isFalse();
        assertThat(set.mark(12, 1)).isEqualTo(Fingerprints.BOTH_MARKS);
        assertThat(set.isFull()).isTrue();
        assertThat(set.mark(8, 1)).isEqualTo(2);
    }
}
