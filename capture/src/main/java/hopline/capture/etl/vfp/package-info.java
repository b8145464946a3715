/// The virtual filtering platform, VFP: which rule of which layer did what to a packet.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.vfp;
