package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DatagramsPropertyTest {

    private static final Datagrams.Key KEY = new Datagrams.Key(0, 1, 0, 2, 17, 3);

    private record Piece(int offset, byte[] octets, boolean more) {}

    /// However a datagram is cut, shuffled and overlapped: the piece that was missing gives it back whole.
    @Property(tries = 300)
    void givesTheDatagramBack(
            @ForAll @Size(min = 1, max = 200) byte[] datagram,
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll @IntRange(max = 10) int overlap,
            @ForAll Random random) {
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < datagram.length; at += size) {
            int end = Math.min(datagram.length, at + size + overlap);
            pieces.add(new Piece(at, Arrays.copyOfRange(datagram, at, end), end < datagram.length));
        }
        Collections.shuffle(pieces, random);
        Datagrams datagrams = new Datagrams();
        byte[] whole = null;
        for (Piece piece : pieces) {
            whole = datagrams.add(KEY, piece.offset(), piece.more(), Octets.wrap(piece.octets()));
            if (whole != null) {
                break;
            }
        }
        assertThat(whole).isEqualTo(datagram);
    }

    /// What never completes is given up from the oldest on: memory stays bounded whatever offsets claim.
    @Property(tries = 5)
    void piecesTakeNoMoreThanTheirBound(@ForAll @IntRange(min = 1, max = 8) int rounds) {
        Datagrams datagrams = new Datagrams();
        int large = 60_000;
        long fits = Datagrams.MAX_OCTETS / large;
        for (int id = 0; id < rounds * fits; id++) {
            Datagrams.Key key = new Datagrams.Key(0, 1, 0, 2, 17, id);
            datagrams.add(key, 0, true, Octets.wrap(new byte[large]));
        }
        assertThat(datagrams.givenUp()).isBetween((rounds - 1) * fits, (rounds - 1) * fits + 1);
    }
}
