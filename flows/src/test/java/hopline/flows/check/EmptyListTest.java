package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFolder.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list without elements says that there are none, when its name tells what it lists.
class EmptyListTest {

    @TempDir
    Path folder;

    private StateFolder state;

    @BeforeEach
    void copies() throws IOException {
        state = StateFolder.copyOf(StateFolder.OVERLAY, folder);
    }

    private List<String> rulesAfter(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        return state.check().stream().map(finding -> finding.rule().id()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\ufeff\r\n"})
    void allEndpointsAreLost(String empty) throws IOException {
        assertThat(rulesAfter("win-a/endpoint.txt", empty)).contains("endpoint-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\ufeff\r\n"})
    void noServiceIsTranslated(String empty) throws IOException {
        assertThat(rulesAfter("win-a/policy.txt", empty)).containsOnly("load-balancer-missing");
    }

    @Test
    void whatDidNotAnswerAtAllLostNothing() throws IOException {
        Files.writeString(folder.resolve("win-a/network.txt"), "");
        Files.writeString(folder.resolve("win-a/policy.txt"), "");
        assertThat(rulesAfter("win-a/endpoint.txt", "")).doesNotContain("endpoint-missing", "load-balancer-missing");
    }

    @Test
    void onATransparentNetworkOthersTranslate() throws IOException {
        state.with(List.of(new Change("win-a/network.txt", "\"Overlay\"", "\"Transparent\"")));
        assertThat(rulesAfter("win-a/policy.txt", "[]")).doesNotContain("load-balancer-missing");
    }

    @Test
    void anEmptyFileOfAnotherNameSaysNothing() throws IOException {
        assertThat(rulesAfter("win-a/endpoints-of-monday.txt", "")).isEmpty();
    }
}
