/// The Event Trace Log of Windows: a [TraceFile] is a run of buffers, a [BufferCursor] walks over the events of one,
/// [MergedEvents] puts all in the order of time, and [EtlReader] makes records of those that hold a packet.
///
/// What each provider's events mean is told by a package of its own below this one.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl;
