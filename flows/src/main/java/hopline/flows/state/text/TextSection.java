package hopline.flows.state.text;

/// Reads text with a form of its own, line by line, for as long as it goes on.
public interface TextSection {

    /// Takes a line; false when this text ended before it.
    ///
    /// @param number the line's, from 1
    boolean line(String text, int number);

    /// Ends what is still open.
    default void end() {}

    /// Ends because the file does; false when its form says that more had to follow.
    default boolean endOfFile() {
        end();
        return true;
    }
}
