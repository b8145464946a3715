package hopline.flows.state;

/// One item of a list is not what its kind promises; never leaves the package.
final class UnusableItemException extends Exception {

    private static final long serialVersionUID = 1L;

    /// `problem` names fields and types only, never content: problems are counted by their text.
    UnusableItemException(String problem) {
        super(problem, null, false, false);
    }
}
