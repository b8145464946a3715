package hopline.cli.diagram;

/// A colour of pictures. All text stands out from its ground by 4.5 to 1 or more, and no meaning is told by
/// colour alone.
enum Ink {
    PAPER("#ffffff"),
    SUNKEN("#f1f4f8"),
    LINE("#d3dae4"),
    EDGE("#7c8799"),
    TEXT("#182130"),
    MUTED("#536074"),
    FORWARD("#1f53c4"),
    REVERSE("#19693a"),
    ERROR("#b0211a"),
    ERROR_SOFT("#fdeceb"),
    WARNING("#815000"),
    WARNING_SOFT("#fdf1d9"),
    NOTE("#3a5a8c"),
    NOTE_SOFT("#e9eff8"),
    GOOD("#19693a"),
    GOOD_SOFT("#e5f4ea"),
    CHANGE("#6a35a8"),
    CHANGE_SOFT("#f1e9fb"),
    TUNNEL("#0a656e"),
    TUNNEL_SOFT("#def1f2");

    private final String hex;

    Ink(String hex) {
        this.hex = hex;
    }

    /// As in `#182130`.
    String hex() {
        return hex;
    }
}
