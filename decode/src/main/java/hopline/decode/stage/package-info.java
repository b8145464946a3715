/// A [Stage] is one appearance of a packet at a capture point, with what its headers said there; a [Journey] is all
/// stages of one packet. [Journeys] ties them: by what rewriting leaves alone, by translations already learnt, and
/// by the byte ranges of segments.
@org.jspecify.annotations.NullMarked
package hopline.decode.stage;
