package hopline.capture.event;

/// A port of the virtual switch, and the way a packet took through it.
///
/// @param number the switch's number for it
/// @param inbound towards whoever is connected to the port; at the external port that is the network
/// @param name its GUID, empty when the event does not say: only newer builds do
/// @param friendlyName what people call it, empty when the event does not say
public record SwitchPort(long number, boolean inbound, String name, String friendlyName) {

    /// `port 7 (client)`, or the number alone.
    public String label() {
        return "port " + number + (friendlyName.isBlank() ? "" : " (" + friendlyName + ")");
    }

    /// The direction in the platform's own word.
    public String direction() {
        return inbound ? "inbound" : "outbound";
    }
}
