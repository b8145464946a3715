/// The pcapng file: sections of typed blocks, several interfaces, options.
@org.jspecify.annotations.NullMarked
package hopline.capture.pcapng;
