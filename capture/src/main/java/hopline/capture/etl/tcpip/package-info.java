/// The TCP/IP stack: packets it drops, and connections it cannot make.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.tcpip;
