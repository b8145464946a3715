/// The text under all state files: its encoding, its lines, the JSON and the PowerShell objects in it, and
/// the damage that pasting does to them.
///
/// A [TextInput] hands out lines or characters and counts lines; a [JsonReader] makes [JsonValue]s of what
/// follows, each with its line; [Damage] remembers what was wrong and where.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.text;
