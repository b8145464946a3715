/// What looks like a secret in a text, and texts without it: of all that is collected on nodes, here and by the script
/// for nodes without Java, and of all that is redacted.
@org.jspecify.annotations.NullMarked
package hopline.capture.secret;
