package hopline.capture;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a packet was seen: an interface or component of a node.
///
/// @param id counts from 0 in the order points become known in one analysis
/// @param node the node the capture was made on
/// @param name the interface's own name; unique within its node
/// @param place where it stands at a virtual switch, if at any
public record CapturePoint(int id, String node, String name, Optional<SwitchPlace> place) {

    /// Between a node's name and what follows it in the name of a file.
    public static final String SEPARATORS = "-_. @+";

    /// A point that is no known part of a virtual switch.
    public CapturePoint(int id, String node, String name) {
        this(id, node, name, SwitchPlace.NONE);
    }

    /// What the name of a file, without its ending, says of a point on `node`: what follows the node in it, or all
    /// of it; empty when it says the node alone.
    public static String named(String file, String node) {
        boolean begins = file.regionMatches(true, 0, node, 0, node.length());
        int from = begins ? node.length() : 0;
        while (from < file.length() && SEPARATORS.indexOf(file.charAt(from)) >= 0) {
            from++;
        }
        return file.substring(from);
    }

    /// A capture of one interface that tells neither its node nor its interface: both are named after the file.
    public boolean isNamedAfterNode() {
        return name.equals(node);
    }

    /// Node and name; once when they are the same.
    @Override
    public String toString() {
        return isNamedAfterNode() ? node : node + " " + name;
    }

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CapturePoint that
                && id == that.id
                && node.equals(that.node)
                && name.equals(that.name)
                && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return ((id * 31 + node.hashCode()) * 31 + name.hashCode()) * 31 + place.hashCode();
    }
}
