/// Captures as they lie on disk: a [Captures] front door opens a [CaptureReader], which hands out one
/// [CaptureRecord] at a time and knows the [CaptureInterface]s they were logged at. File formats live in
/// packages of their own and are not exported.
@org.jspecify.annotations.NullMarked
package hopline.capture;
