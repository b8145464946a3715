package hopline.flows.state.collection;

import hopline.flows.state.hns.HnsdiagTable;
import hopline.flows.state.host.IpconfigText;
import hopline.flows.state.kubernetes.KubectlTable;
import hopline.flows.state.kubernetes.KubernetesState;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.TextSection;
import hopline.flows.state.vfp.SwitchPortText;
import hopline.flows.state.vfp.VfpText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The text with a form of its own in one file: each begins with a line that tells it, and goes on until it
/// does not know a line, or another begins.
final class Sections {

    /// What the lines of `vfpctrl` are counted as.
    static final String VFP_LINES = "VFP lines";

    private enum Kind {
        SWITCH_PORTS("switch port lines"),
        IPCONFIG("ipconfig lines"),
        LIST("list lines"),
        HNSDIAG("hnsdiag lines"),
        VFP(VFP_LINES),
        KUBECTL("kubectl lines");

        /// What is counted of it.
        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final String file;
    private final NodeState node;
    private final KubernetesState kubernetes;
    private final Consumer<JsonObject> records;
    private @Nullable Kind kind;
    private @Nullable TextSection section;

    /// @param records takes the records of PowerShell's list format
    Sections(String file, NodeState node, KubernetesState kubernetes, Consumer<JsonObject> records) {
        this.file = file;
        this.node = node;
        this.kubernetes = kubernetes;
        this.records = records;
    }

    /// Takes a line when it begins a section, or belongs to the one before it.
    boolean line(String text, int number) {
        Kind beginning = beginning(text);
        if (beginning != null && beginning != kind) {
            end();
            kind = beginning;
            section = open(beginning);
        }
        boolean isTaken = section != null && section.line(text, number);
        if (!isTaken && beginning == null) {
            end();
        }
        return isTaken || beginning != null;
    }

    /// What the section that took the last line is called.
    String label() {
        return kind == null ? "" : kind.label;
    }

    /// Ends the section that is open because the file ends; false when the section had to go on.
    boolean endOfFile() {
        return section == null || section.endOfFile();
    }

    /// Ends the section that is open.
    void end() {
        if (section != null) {
            section.end();
        }
        section = null;
        kind = null;
    }

    private @Nullable Kind beginning(String line) {
        if (SwitchPortText.begins(line)) {
            return Kind.SWITCH_PORTS;
        }
        if (IpconfigText.begins(line)) {
            return Kind.IPCONFIG;
        }
        if (ListRecords.begins(line)) {
            return Kind.LIST;
        }
        if (HnsdiagTable.begins(line)) {
            return Kind.HNSDIAG;
        }
        if (VfpText.begins(line, file)) {
            return Kind.VFP;
        }
        return KubectlTable.begins(line) ? Kind.KUBECTL : null;
    }

    private TextSection open(Kind begun) {
        return switch (begun) {
            case SWITCH_PORTS -> new SwitchPortText(file, node.vfp());
            case IPCONFIG -> new IpconfigText(file, node.host());
            case LIST -> new ListRecords(records);
            case HNSDIAG -> new HnsdiagTable(file, node.hns());
            case VFP -> new VfpText(file, node.vfp());
            case KUBECTL -> new KubectlTable(file, kubernetes);
        };
    }
}
