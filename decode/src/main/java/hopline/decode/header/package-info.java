/// One file per protocol: each header is a view over its octets, named as its specification names it.
///
/// A header exists only when its fixed fields are all there; after that its accessors cannot fail. Which protocol
/// follows which is told in one place, the [hopline.decode.Dissector].
@org.jspecify.annotations.NullMarked
package hopline.decode.header;
