/// The DNS client of Windows: questions that failed.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.dns;
