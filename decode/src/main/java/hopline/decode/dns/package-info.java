/// The domain name system's messages, read from their octets.
@org.jspecify.annotations.NullMarked
package hopline.decode.dns;
