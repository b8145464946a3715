package hopline.flows.state.collection;

/// A part of a text that one reader understands.
interface Section {

    /// Takes a line; false when the part ended before it.
    boolean line(String text, int number);

    /// Ends what is open.
    void end();
}
