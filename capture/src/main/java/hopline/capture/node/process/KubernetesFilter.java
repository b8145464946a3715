package hopline.capture.node.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import hopline.capture.secret.Secrets;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps of Kubernetes objects what an analysis uses. Environments, commands, what controllers manage, foreign
/// annotations and all data of Secrets and ConfigMaps are left out as they are read: they are never on disk.
final class KubernetesFilter implements Closeable {

    private static final int MAX_DEPTH = 200;

    private static final Set<String> LEFT_OUT = Set.of(
            "args",
            "binaryData",
            "caBundle",
            "command",
            "data",
            "env",
            "envFrom",
            "imagePullSecrets",
            "lifecycle",
            "livenessProbe",
            "managedFields",
            "readinessProbe",
            "startupProbe",
            "stringData",
            "volumes");

    /// Beginnings of annotations that tell of networks.
    private static final Set<String> ANNOTATIONS = Set.of(
            "flannel.alpha.coreos.com/",
            "projectcalico.org/",
            "cni.projectcalico.org/",
            "k8s.v1.cni.cncf.io/",
            "k8s.ovn.org/",
            "networking.cilium.io/",
            "preserve-destination",
            "service.kubernetes.io/",
            "service.beta.kubernetes.io/");

    /// Fields of sentences for people.
    private static final Set<String> SPOKEN = Set.of("message", "note");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final int WINDOW = 64 << 10;

    private final OutputStream out;
    private final PipedOutputStream toFilter = new PipedOutputStream();
    private final PipedInputStream objects;
    private final Thread filter = new Thread(this::run, "hopline-kubernetes");
    private volatile @Nullable IOException failure;
    private volatile long removed;
    private final AtomicLong quoted = new AtomicLong();

    /// Writes to `out`, and closes it in the end.
    KubernetesFilter(OutputStream out) throws IOException {
        this.out = out;
        this.objects = new PipedInputStream(toFilter, WINDOW);
        filter.setDaemon(true);
        filter.start();
    }

    void take(byte[] octets, int length) throws IOException {
        if (failure == null) {
            toFilter.write(octets, 0, length);
        }
    }

    long removed() {
        return removed + quoted.get();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            toFilter.close();
            filter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void run() {
        try (objects) {
            filter();
            objects.transferTo(OutputStream.nullOutputStream()); // what follows damage
        } catch (IOException e) {
            failure = e;
        }
    }

    private void filter() throws IOException {
        try (JsonParser in = JSON.createParser(objects);
                JsonGenerator to = JSON.createGenerator(out)) {
            to.useDefaultPrettyPrinter();
            long leftOut = 0;
            boolean inAnnotations = false;
            int depth = 0;
            int annotations = -1;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    if (isLeftOut(name, inAnnotations && depth == annotations)) {
                        in.nextToken();
                        in.skipChildren();
                        removed = ++leftOut;
                        continue;
                    }
                    if (name.equals("annotations") && !inAnnotations) {
                        inAnnotations = true;
                        annotations = depth + 1;
                    }
                }
                if (token == JsonToken.VALUE_STRING && SPOKEN.contains(String.valueOf(in.currentName()))) {
                    to.writeString(clean(in.getText()));
                    continue;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                inAnnotations &= depth >= annotations - 1 && !(token.isStructEnd() && depth < annotations);
                to.copyCurrentEvent(in);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // What kubectl printed is cut short or no JSON: what precedes it was kept.
        }
    }

    /// What somebody says in a sentence, which may quote anything.
    private String clean(String said) {
        Secrets secrets = new Secrets();
        String clean = said.lines().map(secrets::clean).collect(Collectors.joining("\n"));
        quoted.addAndGet(secrets.removed());
        return clean;
    }

    private static boolean isLeftOut(String name, boolean isAnnotation) {
        return isAnnotation ? ANNOTATIONS.stream().noneMatch(name::startsWith) : LEFT_OUT.contains(name);
    }
}
