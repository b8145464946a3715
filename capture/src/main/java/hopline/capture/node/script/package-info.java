/// Plans as text for nodes without Java: a PowerShell script, and a pod that runs it.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.script;
