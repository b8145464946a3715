/// The extensible record format of capture cards: records without a file header.
@org.jspecify.annotations.NullMarked
package hopline.capture.erf;
