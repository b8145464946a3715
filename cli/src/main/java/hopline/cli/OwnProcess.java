package hopline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line that runs this program again.
final class OwnProcess {

    private static final String SESSION = "hopline.session";

    private OwnProcess() {}

    /// Runs `arguments` as session `id`, with this process's Java, modules and properties.
    static List<String> words(String id, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m");
        words.add("-D" + SESSION + "=" + id);
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("hopline.") && !name.equals(SESSION) && !name.startsWith("hopline.rehearsals")) {
                words.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        String modules = System.getProperty("jdk.module.path");
        if (modules != null) {
            words.add("--enable-native-access=com.sun.jna,com.github.luben.zstd_jni");
            words.addAll(List.of("-p", modules, "-m", "hopline.cli/hopline.cli.Main"));
        } else {
            words.add("--enable-native-access=ALL-UNNAMED");
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        }
        words.addAll(arguments);
        return words;
    }
}
