/// One file that holds all that was collected on a node: what was captured, the state before and after, and a
/// manifest that says how it came about.
@org.jspecify.annotations.NullMarked
package hopline.capture.bundle;
