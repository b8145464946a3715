/// A cluster to test with: a [Site] knows its nodes, pods and services and the way packets take between them;
/// conversations happen on it, capture points record them, and the real analysis reads the recording.
package hopline.flows.site;
