package hopline.capture.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A capture that was begun, written down before anything is started, so that whoever comes next can end it and
/// clean up after it.
///
/// @param id its name, from its start and its process
/// @param pid the process that carries it out
/// @param processStarted when that process started, which tells it from a later one of the same number
/// @param node the node's name
/// @param folder where everything is put until it is packed
/// @param bundle what is made of it
/// @param state how far it has come
/// @param started when it began
/// @param asksCluster whether the cluster's lists are wanted
/// @param plan what was asked for, with the backend that was chosen
public record Session(
        String id,
        long pid,
        Instant processStarted,
        String node,
        Path folder,
        Path bundle,
        State state,
        Instant started,
        boolean asksCluster,
        Map<String, List<String>> plan) {

    /// How far a capture has come.
    public enum State {
        /// Filters may have been set and the tool may have been started.
        STARTING,
        /// The tool captures.
        RUNNING,
        /// The tool was told to stop; what is left is to collect and to pack.
        STOPPING
    }

    private static final String PLAN = "plan.";

    /// The same in another state.
    Session in(State other) {
        return new Session(id, pid, processStarted, node, folder, bundle, other, started, asksCluster, plan);
    }

    /// Whether the process that carries it out still lives.
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie())
                .filter(process -> process.info()
                        .startInstant()
                        .map(at -> at.equals(processStarted))
                        .orElse(true))
                .isPresent();
    }

    /// Linux lists a process until its parent has asked how it ended.
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    /// The file that has it stop once it is there.
    Path stopFile() {
        return folder.resolveSibling(folder.getFileName() + ".stop");
    }

    /// All of it as text.
    Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("id", List.of(id));
        values.put("pid", List.of(String.valueOf(pid)));
        values.put("processStarted", List.of(processStarted.toString()));
        values.put("node", List.of(node));
        values.put("folder", List.of(folder.toString()));
        values.put("bundle", List.of(bundle.toString()));
        values.put("state", List.of(state.name()));
        values.put("started", List.of(started.toString()));
        values.put("asksCluster", List.of(String.valueOf(asksCluster)));
        plan.forEach((key, said) -> values.put(PLAN + key, said));
        return values;
    }

    /// What [#values] said; empty when something is missing or makes no sense.
    static Optional<Session> of(Map<String, List<String>> values) {
        try {
            Map<String, List<String>> plan = new LinkedHashMap<>();
            values.forEach((key, said) -> {
                if (key.startsWith(PLAN)) {
                    plan.put(key.substring(PLAN.length()), said);
                }
            });
            return Optional.of(new Session(
                    one(values, "id"),
                    Long.parseLong(one(values, "pid")),
                    Instant.parse(one(values, "processStarted")),
                    one(values, "node"),
                    Path.of(one(values, "folder")),
                    Path.of(one(values, "bundle")),
                    State.valueOf(one(values, "state")),
                    Instant.parse(one(values, "started")),
                    one(values, "asksCluster").equals("true"),
                    plan));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String one(Map<String, List<String>> values, String key) {
        List<String> said = values.getOrDefault(key, List.of());
        if (said.size() != 1) {
            throw new IllegalArgumentException(key);
        }
        return said.getFirst();
    }
}
