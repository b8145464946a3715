package hopline.flows.analysis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a capture's file says.
///
/// Programs that capture for long begin a new file now and then, and say in its name which piece it is: all pieces
/// are one capture, of one node.
final class FileName {

    /// Of formats and compressions; tcpdump puts the number of a piece behind them (`-C`), as those do that put old
    /// files aside.
    private static final Pattern ENDING =
            Pattern.compile("(?i)\\.(?:(?:pcap|pcapng|cap|dmp|ntar|etl)(?:[-.]?\\d{1,8})?|gz|zst|lz4)$");

    private static final String DATE = "(?:19|20)\\d\\d-(?:0\\d|1[0-2])-[0-3]\\d";
    private static final String TIME = "[0-2]\\d[-:.]?[0-5]\\d(?:[-:.]?[0-5]\\d)?Z?";
    private static final String MOMENT = "(?:19|20)\\d\\d(?:0\\d|1[0-2])[0-3]\\d[-_T]?[0-2]\\d[0-5]\\d(?:[0-5]\\d)?Z?";

    /// Which piece it is, at the end of a name.
    private static final List<Pattern> PIECES = List.of(
            Pattern.compile("_\\d{5,}_\\d{14}$"), // dumpcap, Wireshark, editcap
            Pattern.compile("_\\d{14}_\\d{5,}$"), // the same with nametimenum:2
            Pattern.compile("[-_.]" + DATE + "(?:[-_T.]" + TIME + ")?$"), // tcpdump -G, named by people
            Pattern.compile("[-_.]" + MOMENT + "$"),
            Pattern.compile("(?i)(?<=^pktmon)\\d+$")); // its mode multi-file

    private FileName() {}

    /// The name without folders, endings, and which piece it is. A number that may belong to a node's name stays.
    static String base(String path) {
        String base = withoutEndings(path.substring(path.lastIndexOf('/') + 1));
        for (Pattern piece : PIECES) {
            Matcher found = piece.matcher(base);
            if (found.find() && found.start() > 0) {
                return withoutEndings(base.substring(0, found.start()));
            }
        }
        return base;
    }

    private static String withoutEndings(String name) {
        Matcher ending = ENDING.matcher(name);
        return ending.find() && ending.start() > 0 ? withoutEndings(name.substring(0, ending.start())) : name;
    }
}
