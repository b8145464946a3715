package hopline.cli.filter;

/// Which end of a flow or packet a filter is about.
public enum Side {
    /// Where it comes from.
    FROM,
    /// Where it goes to.
    TO
}
