/// Which way packets go: the order of a journey's stages, where each address lives, and which point follows which.
///
/// All of it is learnt from the captures themselves, in a [Topology]; no name of an interface means anything here.
@org.jspecify.annotations.NullMarked
package hopline.flows.path;
