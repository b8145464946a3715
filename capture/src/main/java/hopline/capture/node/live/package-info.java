/// Captures with libpcap, or Npcap, at several interfaces at once into pcapng files with their names.
@org.jspecify.annotations.NullMarked
package hopline.capture.node.live;
