/// The files that operators hand over, and the one model that is made of them.
///
/// A [StateFinder] looks for files in folders and archives, a [FileScanner] tells by content what is in each
/// and gives it to the readers, and a [CollectedState] holds the result: one [NodeState] for each node, what
/// the cluster's lists say, and a [FileReport] for each file that says what it held and what of it could not
/// be read.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.collection;
