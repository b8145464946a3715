/// Captures with the tools that Windows has, and what is collected of a Windows node. Written from the documented
/// command lines and outputs, tested against recorded and documented outputs, not on Windows.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.windows;
