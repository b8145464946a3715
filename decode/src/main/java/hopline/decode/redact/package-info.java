/// Takes what is private out of captures and texts, the same way everywhere: addresses and names become
/// others that keep their relations, payload goes, and what a finding rests on stays.
@org.jspecify.annotations.NullMarked
package hopline.decode.redact;
