/// Which flows and packets a user wants to see: a table of kinds of filters, and what they look at.
@org.jspecify.annotations.NullMarked
package hopline.cli.filter;
