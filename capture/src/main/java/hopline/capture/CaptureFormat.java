package hopline.capture;

/// A capture file format that can be read.
public enum CaptureFormat {
    PCAP("pcap"),
    PCAPNG("pcapng"),
    ETL("etl"),
    ERF("erf");

    private final String label;

    CaptureFormat(String label) {
        this.label = label;
    }

    /// The name users know it by, as in `info --format json`.
    public String label() {
        return label;
    }
}
