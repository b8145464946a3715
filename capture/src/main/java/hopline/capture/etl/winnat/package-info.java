/// WinNat: translations between a node's internal networks and the outside.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.winnat;
