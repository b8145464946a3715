/// What is in a capture: how many records hold which protocols, who talks, what was cut short. A [CaptureSurvey] reads
/// a capture to its end and leaves [CaptureFacts]; a [Census] counts the layers of its records, fragmented datagrams
/// put together. All memory is bounded; where a bound was hit, the facts say so.
@org.jspecify.annotations.NullMarked
package hopline.decode.census;
