/// The whole of it: captures and node state in, an [Analysis] out.
@org.jspecify.annotations.NullMarked
package hopline.flows.analysis;
