package hopline.flows.state.collection;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// A file to be read, in a folder or in an archive; it can be opened more than once.
///
/// @param name as the user knows it
/// @param named the user named it: then it must be of use
/// @param collectedAt nanoseconds since 1970; empty when neither its bundle nor its name says
record StateFile(String name, Opener opener, boolean named, OptionalLong collectedAt) {

    /// Opens the content, decompressed.
    interface Opener {
        InputStream open() throws IOException;
    }
}
