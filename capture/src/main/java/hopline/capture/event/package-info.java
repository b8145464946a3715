/// What a system's trace says beside its packets: which rule matched, what was rewritten, dropped, created and lost.
@org.jspecify.annotations.NullMarked
package hopline.capture.event;
