/// Pictures of one flow for tickets: laid out once as simple marks, then written as SVG or PNG; and the same in the
/// languages of Mermaid and Graphviz.
@org.jspecify.annotations.NullMarked
package hopline.cli.diagram;
