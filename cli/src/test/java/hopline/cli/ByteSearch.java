package hopline.cli;

import hopline.capture.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks for many sequences of octets at once.
final class ByteSearch {

    private static final int KEY = 4;
    private static final int WINDOW = 1 << 16;

    /// What to look for, and what it stands for.
    private record Needle(Octets sought, String what) {

        byte[] octets() {
            return sought.toByteArray();
        }
    }

    private final Map<Integer, List<Needle>> needles = new HashMap<>();
    private final boolean[] begins = new boolean[1 << 16];
    private int longest = KEY;

    /// Looks for nothing yet.
    ByteSearch() {}

    /// Looks for `octets`, too; fewer than four are passed over, since they are found anywhere.
    void add(byte[] octets, String what) {
        if (octets.length >= KEY) {
            needles.computeIfAbsent(key(octets, 0), key -> new ArrayList<>(1))
                    .add(new Needle(Octets.wrap(octets), what));
            begins[((octets[0] & 0xff) << 8) | (octets[1] & 0xff)] = true;
            longest = Math.max(longest, octets.length);
        }
    }

    private static int key(byte[] octets, int at) {
        return java.nio.ByteBuffer.wrap(octets, at, KEY).getInt();
    }

    /// What occurs in `in`, each with where it was found first.
    Map<String, Long> find(InputStream in) throws IOException {
        Map<String, Long> found = new LinkedHashMap<>();
        byte[] window = new byte[WINDOW + longest];
        long offset = 0;
        int kept = 0;
        while (true) {
            int read = in.readNBytes(window, kept, window.length - kept);
            int end = kept + read;
            boolean last = end < window.length;
            int stop = last ? end : end - longest;
            find(window, stop, end, offset, found);
            if (last) {
                return found;
            }
            kept = end - stop;
            System.arraycopy(window, stop, window, 0, kept);
            offset += stop;
        }
    }

    private void find(byte[] window, int stop, int end, long offset, Map<String, Long> found) {
        for (int at = 0; at < stop && at + KEY <= end; at++) {
            if (!begins[((window[at] & 0xff) << 8) | (window[at + 1] & 0xff)]) {
                continue;
            }
            for (Needle needle : needles.getOrDefault(key(window, at), List.of())) {
                if (matches(window, at, end, needle.octets())) {
                    found.putIfAbsent(needle.what(), offset + at);
                }
            }
        }
    }

    private static boolean matches(byte[] window, int at, int end, byte[] octets) {
        return at + octets.length <= end
                && java.util.Arrays.equals(window, at, at + octets.length, octets, 0, octets.length);
    }
}
