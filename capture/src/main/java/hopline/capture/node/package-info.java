/// Captures on a node: one plan, carried out with the tools that the node has, watched, always ended, and packed
/// into one bundle.
@org.jspecify.annotations.NullMarked
package hopline.capture.node;
