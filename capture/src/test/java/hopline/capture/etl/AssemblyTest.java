package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The bounds of packets that come in parts.
class AssemblyTest {

    private static final Assembly.Key KEY = new Assembly.Key(1, 2);
    private static final int PART = 7;
    private static final int MAX_PARTS = (256 << 10) / PART;

    private static EventData part(int number) {
        byte[] octets = new byte[PART];
        Arrays.fill(octets, (byte) number);
        return new EventData(octets, 0, PART);
    }

    private static Assembly begun(int parts) {
        Assembly assembly = new Assembly();
        assembly.add(KEY, Assembly.KEYWORD_START, part(0));
        for (int i = 1; i < parts; i++) {
            assertThat(assembly.add(KEY, 1, part(i))).isNull();
        }
        return assembly;
    }

    @Test
    void aPacketOfVeryManyPartsIsTheirOctets() {
        Assembly.Part whole = begun(MAX_PARTS - 1).add(KEY, Assembly.KEYWORD_END, part(MAX_PARTS - 1));

        byte[] expected = new byte[MAX_PARTS * PART];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i / PART);
        }
        assertThat(Arrays.copyOf(whole.array(), whole.length())).isEqualTo(expected);
    }

    @Test
    void aPacketBeyondTheBoundIsGivenUp() {
        Assembly assembly = begun(MAX_PARTS);

        assertThat(assembly.add(KEY, 1, part(0))).isNull();
        assertThat(assembly.add(KEY, Assembly.KEYWORD_END, part(0))).isNull();
    }
}
