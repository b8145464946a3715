package hopline.capture.convert;

import hopline.capture.LinkType;
import java.io.IOException;

/// Records of two link types, where the format has room for one.
public final class MixedLinkTypesException extends IOException {

    private static final long serialVersionUID = 1L;

    MixedLinkTypesException(int first, int second) {
        super("a pcap file holds one link type, and the records are " + LinkType.name(first) + " and "
                + LinkType.name(second));
    }
}
