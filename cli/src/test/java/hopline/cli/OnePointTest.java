package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The text about a capture of one interface that names neither its node nor itself: most that people send.
class OnePointTest {

    @TempDir
    Path folder;

    private Path silentServer() throws IOException {
        return OnePointCapture.write("dns-unanswered", "node-a", "v-dns-1", folder.resolve("dns.pcap"));
    }

    @Test
    void itsNameIsSaidOnce() throws IOException {
        String text = Session.of("analyze", silentServer().toString()).out();
        assertThat(text).doesNotContain("dns dns").doesNotContain("node dns,").contains("   last seen at dns\n");
        assertThat(text).contains("inside dns: it was captured at one point\n");
    }

    @Test
    void aPointThatIsNamedIsSaidWithItsNode() throws IOException {
        Path file = silentServer();
        String text = Session.of("analyze", "--node", "node-a=" + file, file.toString())
                .out();
        assertThat(text).contains("node node-a, ").contains("at one point, dns\n");
    }

    @Test
    void oneHopIsNoPathWorthDrawing() throws IOException {
        String text = Session.of("analyze", silentServer().toString()).out();
        assertThat(text)
                .contains("   10.42.1.11:37259 → 10.42.1.53:53, UDP, unanswered\n\n   records ")
                .doesNotContain("✗");
    }

    @Test
    void oneHopOfAnAnswerIsNotAnnounced() throws IOException {
        Path slow = OnePointCapture.write("dns-slow", "node-a", "v-dns-1", folder.resolve("slow.pcap"));
        assertThat(Session.of("analyze", slow.toString()).out())
                .contains(" → 10.42.1.53:53, UDP, delivered\n\n   records ")
                .doesNotContain("the answer:");
    }

    @Test
    void recordsThatAreNotWholeAreCounted() throws IOException {
        Path cut = OnePointCapture.write(
                "dns-unanswered", "node-a", "v-dns-1", 60, record -> true, folder.resolve("cut.pcap"));
        assertThat(Session.of("analyze", cut.toString()).out())
                .containsPattern("cut.pcap: \\d+ records, \\d+ cut short\n");
        assertThat(Session.of("analyze", silentServer().toString()).out()).doesNotContain("cut short");
    }

    @Test
    void aSingleRecordHasATimeAndNoSpan() throws IOException {
        Set<String> taken = new HashSet<>();
        Path one = OnePointCapture.write(
                "dns-unanswered",
                "node-a",
                "v-dns-1",
                Integer.MAX_VALUE,
                record -> taken.add("one"),
                folder.resolve("one.pcap"));
        assertThat(Session.of("analyze", one.toString()).out()).contains("1 record of 1 packet, at 2026-");
    }

    @Test
    void nothingIsNotCalledFaultless() throws IOException {
        Path empty = OnePointCapture.write("dns-unanswered", "node-a", "nowhere", folder.resolve("empty.pcap"));
        assertThat(Session.of("analyze", empty.toString()).out()).startsWith("No flow to judge in 0 records.\n");
    }
}
