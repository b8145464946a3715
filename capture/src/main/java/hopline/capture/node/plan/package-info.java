/// What to capture, where, how much and how long: one plan, read from options or a file, that every way of
/// capturing follows.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.plan;
