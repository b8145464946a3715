/// Flows in the shapes that other programs take.
@org.jspecify.annotations.NullMarked
package hopline.cli.export;
