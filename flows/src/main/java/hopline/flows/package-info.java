/// The journeys of one conversation, both directions, as one [Flow].
@org.jspecify.annotations.NullMarked
package hopline.flows;
