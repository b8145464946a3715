/// Charts, drawn by JFreeChart and written as SVG by Apache Batik; loaded only when a page is made.
@org.jspecify.annotations.NullMarked
package hopline.cli.chart;
