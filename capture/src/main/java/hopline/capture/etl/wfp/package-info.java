/// The Windows Filtering Platform, of which the host's firewall is a part.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.wfp;
