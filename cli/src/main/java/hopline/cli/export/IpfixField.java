package hopline.cli.export;

/// A field of an IPFIX template: an [information element](https://www.iana.org/assignments/ipfix) and its
/// length.
///
/// @param id of the element
/// @param length in octets, [#VARIABLE] when each value states its own
/// @param enterprise whose element it is, 0 for the registry's own
record IpfixField(int id, int length, int enterprise) {

    static final int VARIABLE = 0xffff;

    /// Elements of the other direction, [RFC 5103
    /// §6.1](https://www.rfc-editor.org/rfc/rfc5103#section-6.1).
    static final int REVERSE = 29305;

    /// Names of Kubernetes,
    /// [Antrea's](https://github.com/antrea-io/antrea/blob/main/docs/network-flow-visibility.md).
    static final int ANTREA = 56506;

    static IpfixField of(int id, int length) {
        return new IpfixField(id, length, 0);
    }
}
