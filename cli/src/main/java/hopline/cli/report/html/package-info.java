/// The report as one self-contained page: what it says in JSON, compressed, and the script and style that show it.
@org.jspecify.annotations.NullMarked
package hopline.cli.report.html;
