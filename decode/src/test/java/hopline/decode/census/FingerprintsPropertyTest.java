package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FingerprintsPropertyTest {

    /// It answers as a set of the platform would, however it has to grow.
    @Property(tries = 50)
    void tellsNewOnesFromKnownOnes(@ForAll @Size(max = 3000) List<Long> fingerprints) {
        Fingerprints set = new Fingerprints(Integer.MAX_VALUE);
        Set<Long> expected = new HashSet<>();
        for (long fingerprint : fingerprints) {
            long stored = fingerprint == 0 ? 1 : fingerprint; // 0 marks a free place
            assertThat(set.add(fingerprint)).isEqualTo(expected.add(stored));
        }
    }
}
