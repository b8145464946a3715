package hopline.flows.scene;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashesTest {

    private static final int FIRST_CLIENT = 0x0af40100;
    private static final int FIRST_SERVER = 0x0a600000;

    /// Addresses of a cluster differ in few bits, and so does whether something was found.
    @Test
    void tellsNeighboursApart() {
        List<Long> questions = new ArrayList<>();
        List<Long> links = new ArrayList<>();
        for (int client = FIRST_CLIENT; client < FIRST_CLIENT + 64; client++) {
            for (int server = FIRST_SERVER; server < FIRST_SERVER + 64; server++) {
                Stage asked = stage(client, server);
                questions.add(Hashes.ofQuestion(asked, asked, true));
                questions.add(Hashes.ofQuestion(asked, asked, false));
                questions.add(Hashes.ofQuestion(asked, stage(client, FIRST_CLIENT), false));
                links.add(Hashes.ofLink(asked, true));
                links.add(Hashes.ofLink(asked, false));
            }
        }

        assertThat(questions).doesNotHaveDuplicates();
        assertThat(links).doesNotHaveDuplicates();
    }

    @Test
    void addsEachOnce() {
        Hashes hashes = new Hashes();
        Set<Long> expected = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long hash = random.nextInt(8_000) + 1;

            assertThat(hashes.add(hash)).isEqualTo(expected.add(hash));
        }
    }

    private static Stage stage(int source, int destination) {
        return Stage.ofTuple(IpProtocol.UDP, Address.ofIpv4(source), 40_000, Address.ofIpv4(destination), 53);
    }
}
