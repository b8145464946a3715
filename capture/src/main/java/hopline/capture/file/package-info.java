/// What all file formats share: a window that slides over the file, and units of time.
@org.jspecify.annotations.NullMarked
package hopline.capture.file;
