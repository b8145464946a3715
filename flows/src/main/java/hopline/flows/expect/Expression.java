package hopline.flows.expect;

import hopline.decode.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A part of a rule of iptables or nftables: a test that must hold for the rest to count, or something that is done.
sealed interface Expression {

    /// What a test makes of a packet.
    enum Answer {
        YES,
        NO,
        /// What it asks for is not in the packet's headers, or is not understood.
        MAYBE
    }

    /// A test of the packet.
    non-sealed interface Test extends Expression {

        Answer ask(Frame frame);

        /// It in words, for doubts.
        String text();
    }

    /// Lets it pass this table.
    record Accept() implements Expression {}

    /// Drops it.
    record Drop(String how) implements Expression {}

    /// Back to the chain that called.
    record Return() implements Expression {}

    /// On in another chain, and back when that ends.
    record Jump(String chain) implements Expression {}

    /// On in another chain, not back.
    record Goto(String chain) implements Expression {}

    /// One of several, by chance or by turns.
    record OneOf(List<Expression> choices) implements Expression {

        public OneOf {
            choices = List.copyOf(choices);
        }
    }

    /// The rest of the rule counts for some packets only, by chance or by turns.
    record Sometimes(String how) implements Expression {}

    /// What a table says for the packet's fields.
    record Look(Keys keys, Map<List<Object>, Expression> table) implements Expression {

        /// Reads the fields, as values that are keys of the table; null where a packet has none.
        interface Keys {
            List<Object> of(Frame frame);
        }
    }

    /// Sets the kernel's mark: keeps the bits of `keep` and inverts those of `invert`.
    record Mark(int keep, int invert) implements Expression {}

    /// Translates the destination.
    ///
    /// @param port -1 leaves it
    record Dnat(Address to, int port) implements Expression {}

    /// Translates the destination to the node itself, so that one of its own programs gets the packet.
    ///
    /// @param port -1 leaves it
    record Redirect(int port) implements Expression {}

    /// Does something with it that rules alone do not tell; what becomes of it stays open.
    ///
    /// @param what it does, as a clause
    record Unclear(String what) implements Expression {}

    /// Translates the source.
    ///
    /// @param to empty for the address of the interface that it leaves by
    record Snat(Optional<Address> to) implements Expression {}

    /// Writes a field without remembering it.
    record Write(Field field, Address address, long mac) implements Expression {}

    /// Fields that rules write.
    enum Field {
        SOURCE,
        DESTINATION,
        SOURCE_MAC,
        DESTINATION_MAC
    }

    /// Nothing that changes the packet: counters, logs, comments.
    record Nothing() implements Expression {}
}
