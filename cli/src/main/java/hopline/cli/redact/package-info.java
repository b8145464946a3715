/// Redacts files and folders of captures and texts.
@org.jspecify.annotations.NullMarked
package hopline.cli.redact;
