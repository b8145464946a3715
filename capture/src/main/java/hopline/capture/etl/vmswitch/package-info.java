/// Hyper-V's virtual switch: ports and network cards that come and go, and packets it drops.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.vmswitch;
