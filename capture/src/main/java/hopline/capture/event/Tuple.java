package hopline.capture.event;

/// Whose packet an event is about, as the event says it: addresses as text, so that this module needs to know no
/// protocol.
///
/// @param protocol the IP protocol number, or [#UNTOLD]
/// @param sourcePort 0 to 65,535, or [#UNTOLD] where there is none
/// @param destinationPort as `sourcePort`
public record Tuple(int protocol, String source, int sourcePort, String destination, int destinationPort) {

    /// What the event does not say.
    public static final int UNTOLD = -1;

    @Override
    public String toString() {
        return end(source, sourcePort) + " → " + end(destination, destinationPort);
    }

    private static String end(String address, int port) {
        if (port < 0) {
            return address;
        }
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
