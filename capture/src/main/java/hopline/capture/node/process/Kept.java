package hopline.capture.node.process;

import hopline.capture.secret.Secrets;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is kept of a program's output: a file without secrets, and the beginning of the text. Lines are taken as
/// octets, so that no code page is guessed; all secrets that are looked for are ASCII.
final class Kept implements Closeable {

    /// Of what is kept as a file anyway, and of what is not.
    private static final int BEGINNING = 4 << 10;

    private static final int WHOLE = 1 << 20;
    private static final int MAX_LINE = 1 << 20;

    private final @Nullable OutputStream file;
    private final @Nullable KubernetesFilter objects;
    private final long limit;
    private final Secrets secrets = new Secrets();
    private final Secrets ofErrors = new Secrets();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder beginning = new StringBuilder();
    private long taken;
    private boolean cut;
    private boolean closed;

    private Kept(@Nullable OutputStream file, @Nullable KubernetesFilter objects, long limit) {
        this.file = file;
        this.objects = objects;
        this.limit = limit;
    }

    static Kept of(Command command, Path folder, long limit) throws IOException {
        if (command.output().isEmpty()) {
            return new Kept(null, null, limit);
        }
        Path target = folder.resolve(command.output());
        Files.createDirectories(target.getParent());
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
        return command.content() == Command.Content.KUBERNETES
                ? new Kept(null, new KubernetesFilter(file), limit)
                : new Kept(file, null, limit);
    }

    synchronized void output(byte[] octets, int length) throws IOException {
        if (closed) {
            return;
        }
        int kept = (int) Math.min(length, limit - taken);
        taken += kept;
        cut |= kept < length;
        if (objects != null) {
            objects.take(octets, kept);
            return;
        }
        for (int i = 0; i < kept; i++) {
            line.write(octets[i]);
            if (octets[i] == '\n' || line.size() >= MAX_LINE) {
                endLine();
            }
        }
    }

    /// Errors are for people alone.
    synchronized void error(byte[] octets, int length) {
        new String(octets, 0, length, StandardCharsets.UTF_8).lines().forEach(l -> begin(ofErrors.clean(l)));
    }

    private void endLine() throws IOException {
        if (line.size() == 0) {
            return;
        }
        String clean = secrets.clean(line.toString(StandardCharsets.ISO_8859_1));
        boolean ended = line.toByteArray()[line.size() - 1] == '\n';
        line.reset();
        byte[] octets = (clean.endsWith("\n") || !ended ? clean : clean + "\n").getBytes(StandardCharsets.ISO_8859_1);
        begin(new String(octets, StandardCharsets.UTF_8).stripTrailing());
        if (file != null) {
            file.write(octets);
        }
    }

    private void begin(String text) {
        if (beginning.length() < (file == null && objects == null ? WHOLE : BEGINNING)) {
            beginning.append(text).append('\n');
        }
    }

    synchronized String beginning() {
        return beginning.toString();
    }

    synchronized long removed() {
        return secrets.removed() + ofErrors.removed() + (objects == null ? 0 : objects.removed());
    }

    synchronized boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        finish();
    }

    /// Writes what is left; nothing is taken any more.
    synchronized void finish() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        endLine();
        if (file != null) {
            file.close();
        }
        if (objects != null) {
            objects.close();
        }
    }
}
