/// Other programs, and nothing else: each is run with a vector of arguments, never through a shell, for a bounded
/// time, and what it prints is bounded and rid of secrets before it is kept.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.process;
