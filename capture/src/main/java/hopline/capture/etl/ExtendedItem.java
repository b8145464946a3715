package hopline.capture.etl;

/// What may stand between an event's header and its payload, `EVENT_HEADER_EXT_TYPE_…`.
///
/// ```
/// +----------+---------+---------+----------+--------------------+
/// | ItemSize | ExtType | Linkage | DataSize | data (padded to 8) |
/// +----------+---------+---------+----------+--------------------+
/// ```
///
/// Real files showed the first, the schema and the traits; the others were built from the specification.
enum ExtendedItem {
    RELATED_ACTIVITY(1),
    USER(2),
    TERMINAL_SESSION(3),
    STACK_TRACE32(5),
    STACK_TRACE64(6),
    SCHEMA(11),
    PROVIDER_TRAITS(12),
    PROCESS_START_KEY(13),
    /// The container an event belongs to: 36 characters.
    CONTAINER(16);

    static final int HEADER_LENGTH = 8;

    private final int number;

    ExtendedItem(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
