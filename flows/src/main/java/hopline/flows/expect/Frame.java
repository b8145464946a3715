package hopline.flows.expect;

/// A packet inside a Linux kernel, as rules see it.
///
/// @param in the interface it came in by; empty for what the node itself sends
/// @param out the interface it will leave by; empty where that is not decided yet
/// @param mark the kernel's mark
/// @param isAnswer it belongs to a connection that is there already
/// @param isForNode its destination is one of the node's own addresses
/// @param isFromNode its source is
record Frame(
        Headers headers, String in, String out, int mark, boolean isAnswer, boolean isForNode, boolean isFromNode) {

    /// Of the connection, in the kernel's words: new for what begins one, established for answers.
    String state() {
        return isAnswer ? "established" : "new";
    }

    Frame with(Headers other) {
        return new Frame(other, in, out, mark, isAnswer, isForNode, isFromNode);
    }

    Frame marked(int other) {
        return new Frame(headers, in, out, other, isAnswer, isForNode, isFromNode);
    }
}
