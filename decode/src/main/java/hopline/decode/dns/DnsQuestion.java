package hopline.decode.dns;

import org.jspecify.annotations.Nullable;

/// What a client asks.
///
/// @param name in presentation form without the final dot, in the case it was asked in
/// @param type the record type's number, see [DnsNames#type]
public record DnsQuestion(String name, int type) {

    /// Asked of every answer; what records have by themselves is slow until it is optimised.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DnsQuestion that && type == that.type && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + type;
    }
}
