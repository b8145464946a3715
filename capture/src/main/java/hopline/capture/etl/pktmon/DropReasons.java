package hopline.capture.etl.pktmon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Why the system dropped a packet, by number.
///
/// The numbers are the same in all builds that have them but Server 2019 and Windows 10 1809, which counted two
/// groups from elsewhere; that was built from the specification.
public final class DropReasons {

    private static final Map<Integer, String> TEXTS = read("drop-reasons.tsv", 10, 2);

    private static final int OLD_NDIS = 101;
    private static final int OLD_NETVSC = 201;
    private static final int NDIS = 201;
    private static final int NETVSC = 401;
    private static final int GROUP_SIZE = 4;

    private DropReasons() {}

    /// What `reason` means in a trace of that Windows build, as Windows prints it, or the number.
    public static String text(int reason, int build) {
        int number = build > 0 && build <= PktMon.BUILD_SERVER_2019 ? current(reason) : reason;
        String text = TEXTS.get(number);
        return text == null ? "reason " + Integer.toUnsignedString(reason) : text;
    }

    /// True when the tables have a text for it.
    public static boolean isKnown(int reason) {
        return TEXTS.containsKey(reason);
    }

    private static int current(int old) {
        if (old >= OLD_NDIS && old < OLD_NDIS + GROUP_SIZE) {
            return old - OLD_NDIS + NDIS;
        }
        return old >= OLD_NETVSC && old < OLD_NETVSC + GROUP_SIZE ? old - OLD_NETVSC + NETVSC : old;
    }

    /// A table of two or more columns parted by tabs, the first a number; `#` begins a comment.
    static Map<Integer, String> read(String resource, int radix, int column) {
        Map<Integer, String> texts = new HashMap<>();
        InputStream in = Objects.requireNonNull(DropReasons.class.getResourceAsStream(resource), resource);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    texts.put(Integer.parseUnsignedInt(columns[0], radix), columns[column]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
