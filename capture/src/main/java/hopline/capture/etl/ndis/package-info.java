/// The events of Microsoft-Windows-NDIS-PacketCapture, which `netsh trace start capture=yes` logs.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.ndis;
