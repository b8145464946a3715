package hopline.capture.node;

import hopline.capture.bundle.BundleFile;
import hopline.capture.bundle.Manifest;
import java.io.IOException;
import java.time.Instant;

/// The first and the last lines of every manifest, and what is made of the folder it is in.
final class Manifests {

    private Manifests() {}

    static Manifest begun(Order order, String purpose) {
        NodeFacts node = order.node();
        Manifest manifest = new Manifest(node.name(), purpose, Instant.now())
                .tool("hopline", order.version())
                .tool("java", System.getProperty("java.version", ""))
                .system("name", node.description())
                .system("architecture", node.architecture());
        if (node.build() != 0) {
            manifest.system("build", String.valueOf(node.build()));
        }
        return purpose.equals("state") ? manifest : manifest.plan(order.plan().values());
    }

    /// Writes the manifest and packs the folder; where there is no room for that, the folder stays.
    static Outcome packed(Order order, Manifest manifest, Session session, String reason, long records)
            throws IOException {
        Outcome outcome = packed(order, manifest, reason, records);
        order.sessions().remove(session);
        return outcome;
    }

    /// The same without a session.
    static Outcome packed(Order order, Manifest manifest, String reason, long records) throws IOException {
        boolean isPacked = false;
        try {
            manifest.write(order.folder());
            BundleFile.pack(order.folder(), order.bundle());
            isPacked = true;
        } catch (IOException e) {
            manifest.incomplete("it could not be packed: " + e.getMessage());
        }
        if (isPacked) {
            BundleFile.remove(order.folder());
        }
        return new Outcome(
                isPacked ? order.bundle() : order.folder(),
                isPacked,
                manifest.isComplete(),
                reason,
                manifest.bounds(),
                manifest.failures(),
                records);
    }
}
