package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureReader;
import hopline.capture.ForwardingReader;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.VfpRule;

/// Holds back what a system's trace logged beside packets and a [Selection] does not want.
final class SelectedEvents extends ForwardingReader {

    private final Selection selection;

    SelectedEvents(CaptureReader reader, Selection selection) {
        super(reader);
        this.selection = selection;
    }

    @Override
    public void listen(CaptureBlock.Listener listener) {
        super.listen(block -> {
            if (block.event().map(this::isWanted).orElse(true)) {
                listener.passed(block);
            }
        });
    }

    @Override
    public void hear(SystemEvent.Listener listener) {
        super.hear(event -> {
            if (isWanted(event)) {
                listener.heard(event);
            }
        });
    }

    /// Components log packets only.
    private boolean isWanted(SystemEvent event) {
        return selection.component().isEmpty()
                && switch (event.matter()) {
                    case Matter.Dropped dropped -> true;
                    case Matter.PortsExhausted exhausted -> true;
                    case Matter.RuleMatched matched -> matched.rule().type() == VfpRule.BLOCK;
                    default -> false;
                };
    }
}
