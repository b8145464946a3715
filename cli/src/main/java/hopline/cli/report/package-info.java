/// Results as people and programs read them. Whatever comes from a packet or a file is escaped here.
@org.jspecify.annotations.NullMarked
package hopline.cli.report;
