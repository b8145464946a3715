package hopline.flows.state.text;

import hopline.flows.state.Source;

/// Text as it was written, and where it stands.
public record Written(String text, Source source) {}
