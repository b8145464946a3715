/// Records in, layers out: the [Dissector] follows each header of a record to the next and notes them in
/// [Layers], without copying.
@org.jspecify.annotations.NullMarked
package hopline.decode;
