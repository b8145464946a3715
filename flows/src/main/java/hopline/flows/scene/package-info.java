/// All that a rule may ask about: one flow with its paths, fates and parties in a [FlowCase], and around it the
/// [Scene], which is what all flows together tell of this network.
///
/// What works in it, who answers for whom, what was sent again and what came in pieces is learnt flow by flow,
/// each in a class that keeps a bounded number of things. What of it is a fault, the rules say.
@org.jspecify.annotations.NullMarked
package hopline.flows.scene;
