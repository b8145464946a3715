package hopline.decode.dns;

/// What a client asks.
///
/// @param name in presentation form without the final dot, in the case it was asked in
/// @param type the record type's number, see [DnsNames#type]
public record DnsQuestion(String name, int type) {}
