package hopline.cli.packet;

import hopline.decode.stage.Stage;
import java.io.IOException;

/// Where the octets of records are found after they were read.
public interface RecordSource {

    /// The record that `stage` was read from.
    KeptRecord record(Stage stage) throws IOException;
}
