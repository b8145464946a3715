package hopline.capture.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an event of a Windows trace says beside packets.
///
/// The layouts these are read by were built from published descriptions; none was seen in a real trace.
public sealed interface Matter {

    /// One line for people, without the time.
    String text();

    /// What the virtual filtering platform did with one packet at one port: these follow each other.
    sealed interface Step extends Matter {

        SwitchPort port();
    }

    /// A rule matched. A `status` other than 0 is an error of the system.
    record RuleMatched(SwitchPort port, VfpRule rule, Tuple tuple, long status) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": " + tuple + " by " + rule.label() + " (" + rule.typeName()
                    + ")" + error(status);
        }
    }

    /// No rule of a layer matched.
    record NoRuleMatched(SwitchPort port, String layer, Tuple tuple) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": no rule of layer " + layer + " for " + tuple;
        }
    }

    /// A flow that an earlier packet set up took the packet.
    ///
    /// @param kind what such a flow does, in the platform's word
    record FlowMatched(SwitchPort port, String layer, String kind, Tuple tuple) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": " + tuple + " by a flow of layer " + layer + " (" + kind
                    + ")";
        }
    }

    /// What became of a new flow.
    record FlowDecided(SwitchPort port, Tuple tuple, long status) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": flow " + tuple
                    + (status == 0 ? " accepted" : error(status));
        }
    }

    /// Addresses and ports were changed; `to` has no protocol.
    record Rewritten(SwitchPort port, Tuple to) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": rewritten to " + to;
        }
    }

    /// The frame's addresses were changed.
    record MacsRewritten(SwitchPort port, String source, String destination) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": MAC addresses rewritten to " + source + " → "
                    + destination;
        }
    }

    /// The packet was put into a tunnel.
    ///
    /// @param type in the platform's word, such as `VXLAN`
    /// @param key VNI or GRE key
    record Encapsulated(SwitchPort port, String source, String destination, String type, long key) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": into " + type + " " + key + ", " + source + " → "
                    + destination;
        }
    }

    /// The packet was taken out of its tunnel.
    record Decapsulated(SwitchPort port) implements Step {

        @Override
        public String text() {
            return port.label() + " " + port.direction() + ": out of its tunnel";
        }
    }

    /// A packet was dropped.
    ///
    /// @param by which part of the system dropped it
    /// @param at where in that part, for people; may be empty
    /// @param port the switch's port, where it was one
    /// @param tuple whose packet it was, where the event says so
    /// @param reason why, for people
    record Dropped(Dropper by, String at, Optional<SwitchPort> port, Optional<Tuple> tuple, String reason)
            implements Matter {

        @Override
        public String text() {
            return by.label() + (at.isEmpty() ? "" : ", " + at) + ": dropped "
                    + tuple.map(Tuple::toString).orElse("a packet") + ": " + reason;
        }
    }

    /// A connection got a translation of its own, or lost it.
    ///
    /// @param inside as whoever lives behind the translation sees it
    /// @param outside as the network sees it
    record Session(boolean begins, Tuple inside, Tuple outside) implements Matter {

        @Override
        public String text() {
            return "translation of " + inside + " to " + outside + (begins ? " begins" : " ends");
        }
    }

    /// There was no port left to translate to.
    ///
    /// @param pool whose ports ran out
    /// @param protocol the IP protocol number, or [Tuple#UNTOLD]
    /// @param tuple whose connection failed, where the event says so
    record PortsExhausted(String pool, int protocol, Optional<Tuple> tuple) implements Matter {

        @Override
        public String text() {
            String of = protocol == 6 ? " for TCP" : protocol == 17 ? " for UDP" : "";
            return "no port left" + of + " in " + pool
                    + tuple.map(t -> ": " + t).orElse("");
        }
    }

    /// Something was done to a part of the system, or failed.
    ///
    /// @param kind what sort of part, such as `load balancer`
    /// @param subject which one, by address or name; may be empty
    /// @param about all addresses and names that the event tells
    /// @param error what went wrong; empty when nothing did
    /// @param routine so frequent that it is only counted
    record Operation(Action action, String kind, String subject, List<String> about, String error, boolean routine)
            implements Matter {

        public Operation {
            about = List.copyOf(about);
        }

        @Override
        public String text() {
            String what = subject.isEmpty() ? kind : kind + " " + subject;
            String done = action.word().isEmpty() ? what : what + " " + action.word();
            return error.isEmpty() ? done : done + ": " + error;
        }
    }

    /// Kept as it is: no layout is known for it.
    ///
    /// @param octets how long its payload is
    record Raw(int octets) implements Matter {

        @Override
        public String text() {
            return octets + " octets without a known layout";
        }
    }

    /// Which part of the system drops packets.
    enum Dropper {
        /// The virtual filtering platform guards a port's addresses and kinds of packets.
        GUARD("VFP guard"),
        /// The platform's forwarding finds nobody to deliver to, or nobody ready.
        FORWARDING("VFP"),
        SWITCH_POLICY("vSwitch policy"),
        SWITCH_GUARD("vSwitch guard"),
        SWITCH("vSwitch"),
        TRANSLATION("WinNat"),
        STACK("TCP/IP"),
        FIREWALL("Windows Filtering Platform");

        private final String label;

        Dropper(String label) {
            this.label = label;
        }

        /// For people.
        public String label() {
            return label;
        }
    }

    /// A status as the system writes it; nothing for success.
    private static String error(long status) {
        return status == 0 ? "" : String.format(Locale.ROOT, ", status 0x%08x", status);
    }
}
