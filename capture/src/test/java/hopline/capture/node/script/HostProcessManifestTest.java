package hopline.capture.node.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hopline.capture.node.RefusedException;
import hopline.capture.node.plan.CapturePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HostProcessManifestTest {

    private static String script() throws Exception {
        return PowerShellScript.of(CapturePlan.of(Map.of()), "1");
    }

    @Test
    void holdsTheScriptAndAPodForEachNode() throws Exception {
        String manifest = HostProcessManifest.of(script(), List.of("win-a", "win-b"));

        List<Map<?, ?>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(manifest)
                .forEach(document -> documents.add((Map<?, ?>) document));
        assertThat(documents.stream().map(document -> String.valueOf(document.get("kind"))))
                .containsExactly("ConfigMap", "Pod", "Pod");
        Map<?, ?> data = (Map<?, ?>) documents.getFirst().get("data");
        assertThat(String.valueOf(data.get("capture.ps1"))).isEqualToIgnoringWhitespace(script());
        assertThat(documents.get(1).toString())
                .contains("nodeName=win-a", "hostProcess=true", "runAsUserName=NT AUTHORITY\\SYSTEM")
                .contains("hostNetwork=true", "automountServiceAccountToken=false", "-Stop");
    }

    @Test
    void refusesWhatIsNoNode() throws Exception {
        String script = script();

        for (String node : List.of("", "a b", "A", "-x", "a;b", "../x")) {
            assertThatThrownBy(() -> HostProcessManifest.of(script, List.of(node)))
                    .isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> HostProcessManifest.of(script, List.of())).isInstanceOf(RefusedException.class);
    }
}
