package hopline.decode;

import hopline.capture.CaptureRecord;
import hopline.capture.Octets;

/// The record at hand, the layers found in it so far, and the check that each further one must pass.
///
/// What a layer is told of its place: `start`, where it begins; `end`, where what was captured of it ends;
/// `statedEnd`, where it ended on the wire, as far as the headers around it say. All three count from the
/// start of the array.
final class Door {

    private byte[] array = {};
    private Layers layers = new Layers();

    /// Turns to `record`, whose layers go to `into`.
    void open(CaptureRecord record, Layers into) {
        array = record.array();
        layers = into;
        layers.reset(array);
    }

    /// What was found so far.
    Layers layers() {
        return layers;
    }

    Octets octets(int start, int end) {
        return Octets.wrap(array, start, end - start);
    }

    /// False when fewer than `needed` octets are left. Noted as truncated when more were left on the wire or
    /// lie in later fragments, as malformed when not.
    boolean holds(int start, int end, int statedEnd, int needed) {
        if (end - start >= needed) {
            return true;
        }
        if (statedEnd - start >= needed || layers.isFragment()) {
            layers.setTruncated();
        } else {
            layers.setMalformed();
        }
        return false;
    }

    /// The door to a layer: when its header was cut short it is remembered as [Layers#cut].
    boolean begins(Protocol protocol, int start, int end, int statedEnd, int needed) {
        if (holds(start, end, statedEnd, needed)) {
            return true;
        }
        if (layers.network() < 0 || start < (layers.transport() < 0 ? statedEnd : end)) {
            layers.setCut(protocol); // a network header that ends its packet announces a transport header in vain
        }
        return false;
    }

    /// Adds a layer; false when there are too many already, so that what leads in circles ends.
    boolean adds(Protocol protocol, int start, int end, int statedEnd) {
        return layers.add(protocol, start, end, statedEnd) >= 0;
    }

    void unknown(int start, int end, int statedEnd) {
        layers.add(Protocol.UNKNOWN, start, end, statedEnd);
    }

    /// Goes into the tunnel that `protocol` is; false when too many are nested, or too many layers noted, already.
    boolean enters(Protocol protocol, int start, int end, int statedEnd) {
        if (!nests()) {
            return false;
        }
        int layer = layers.add(protocol, start, end, statedEnd);
        if (layer < 0) {
            return false;
        }
        layers.setTunnel(layer);
        return true;
    }

    /// The same where nothing lies between the outer network header and the inner one: the outer is the
    /// tunnel.
    boolean entersBare() {
        if (!nests()) {
            return false;
        }
        layers.setTunnel(layers.network());
        return true;
    }

    /// Counts what carries a packet in another without being a tunnel from address to address.
    boolean nests() {
        if (layers.tunnels() == Dissector.MAX_TUNNELS) {
            layers.setMalformed();
            return false;
        }
        layers.nest();
        return true;
    }
}
