package hopline.flows.state.collection;

import java.io.IOException;
import java.io.InputStream;

/// A file to be read, in a folder or in an archive; it can be opened more than once.
///
/// @param name as the user knows it
/// @param named the user named it: then it must be of use
record StateFile(String name, Opener opener, boolean named) {

    /// Opens the content, decompressed.
    interface Opener {
        InputStream open() throws IOException;
    }
}
