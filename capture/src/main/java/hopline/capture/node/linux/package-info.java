/// What is collected of a Linux node, and what may be done there.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.linux;
