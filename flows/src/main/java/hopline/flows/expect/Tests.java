package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Expression.Answer;
import hopline.flows.expect.Expression.Test;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// The tests that rules of iptables and nftables make.
final class Tests {

    private Tests() {}

    private static Answer answer(boolean holds, boolean negated) {
        return holds != negated ? Answer.YES : Answer.NO;
    }

    /// An address is one of several.
    record OfAddress(boolean isSource, List<AddressSpan> spans, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            Headers headers = frame.headers();
            Address address = (isSource ? headers.source() : headers.destination()).address();
            for (AddressSpan span : spans) {
                if (span.contains(address)) {
                    return answer(true, negated);
                }
            }
            return negated && isOfOtherVersion(address) ? Answer.NO : answer(false, negated);
        }

        /// An address of the other version of IP is not even compared.
        private boolean isOfOtherVersion(Address address) {
            boolean isCompared = spans.isEmpty();
            for (AddressSpan span : spans) {
                isCompared |= span.first().isIpv4() == address.isIpv4();
            }
            return !isCompared;
        }

        @Override
        public String text() {
            return (isSource ? "source " : "destination ") + spans;
        }
    }

    /// A number of the headers, such as a port, is one of several.
    record OfNumber(String name, ToIntFunction<Frame> field, List<PortSpan> spans, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            int number = field.applyAsInt(frame);
            if (number < 0) {
                return IpProtocol.hasPorts(frame.headers().protocol()) ? Answer.MAYBE : Answer.NO;
            }
            for (PortSpan span : spans) {
                if (span.contains(number)) {
                    return answer(true, negated);
                }
            }
            return answer(false, negated);
        }

        @Override
        public String text() {
            return name + " " + spans;
        }
    }

    /// A port of one protocol is one of several; packets of other protocols have no such port.
    ///
    /// @param protocol -1 for any that has ports
    record OfPort(boolean isSource, int protocol, List<PortSpan> spans, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            boolean isOther = protocol >= 0 && protocol != frame.headers().protocol();
            return isOther
                    ? Answer.NO
                    : (isSource ? sourcePort(spans, negated) : destinationPort(spans, negated)).ask(frame);
        }

        @Override
        public String text() {
            return (isSource ? "source" : "destination") + " port " + spans;
        }
    }

    /// A name is one of several; one that ends in `+` or `*` stands for all that begin so.
    record OfName(String name, Function<Frame, String> field, Set<String> names, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            String value = field.apply(frame);
            return answer(names.stream().anyMatch(wanted -> matches(wanted, value)), negated);
        }

        private static boolean matches(String wanted, String value) {
            boolean isOpen = wanted.endsWith("+") || wanted.endsWith("*");
            return isOpen ? value.startsWith(wanted.substring(0, wanted.length() - 1)) : value.equals(wanted);
        }

        @Override
        public String text() {
            return name + " " + names;
        }
    }

    /// The kernel's mark, after a mask.
    record OfMark(int mask, int value, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            return answer((frame.mark() & mask) == value, negated);
        }

        @Override
        public String text() {
            return "mark " + Integer.toHexString(value) + "/" + Integer.toHexString(mask);
        }
    }

    /// Something else that the frame tells.
    record OfFrame(String text, Function<Frame, Boolean> holds, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            return answer(holds.apply(frame), negated);
        }
    }

    /// A MAC address.
    record OfMac(boolean isSource, long mac, boolean negated) implements Test {

        @Override
        public Answer ask(Frame frame) {
            long found =
                    isSource ? frame.headers().sourceMac() : frame.headers().destinationMac();
            return found == Headers.UNKNOWN_MAC ? Answer.MAYBE : answer(found == mac, negated);
        }

        @Override
        public String text() {
            return "MAC " + Action.mac(mac);
        }
    }

    /// A test that is not understood.
    record Unread(String text) implements Test {

        @Override
        public Answer ask(Frame frame) {
            return Answer.MAYBE;
        }
    }

    static OfNumber protocol(List<PortSpan> protocols, boolean negated) {
        return new OfNumber("protocol", frame -> frame.headers().protocol(), protocols, negated);
    }

    static OfNumber sourcePort(List<PortSpan> ports, boolean negated) {
        return new OfNumber("source port", frame -> frame.headers().source().port(), ports, negated);
    }

    static OfNumber destinationPort(List<PortSpan> ports, boolean negated) {
        return new OfNumber(
                "destination port", frame -> frame.headers().destination().port(), ports, negated);
    }

    static OfName in(Set<String> names, boolean negated) {
        return new OfName("in", Frame::in, names, negated);
    }

    static OfName out(Set<String> names, boolean negated) {
        return new OfName("out", Frame::out, names, negated);
    }

    /// The state of the connection is one of those.
    static OfFrame state(Set<String> states, boolean negated) {
        return new OfFrame("state " + states, frame -> states.contains(frame.state()), negated);
    }

    /// Whether an address is the node's own.
    static OfFrame local(boolean isSource, boolean negated) {
        return new OfFrame(
                isSource ? "source is local" : "destination is local",
                isSource ? Frame::isFromNode : Frame::isForNode,
                negated);
    }
}
