package hopline.cli.evidence;

import hopline.decode.stage.Stage;

/// Where a record is found.
///
/// @param file the number of the input, from 0
/// @param record its number in that file, from 1
public record RecordId(int file, long record) {

    /// The record that `stage` was read from.
    public static RecordId of(Stage stage) {
        return new RecordId(stage.file(), stage.record());
    }
}
