/// The command line: one class per verb, registered in [Main].
@org.jspecify.annotations.NullMarked
package hopline.cli;
