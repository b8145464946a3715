package hopline.flows.rule;

import java.util.Locale;

/// How much a finding matters, worst first.
public enum Severity {
    /// Traffic fails.
    ERROR,
    /// It will hurt.
    WARNING,
    /// An explanation: by design, or it cannot be judged.
    NOTE;

    /// As in the analysis's JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
