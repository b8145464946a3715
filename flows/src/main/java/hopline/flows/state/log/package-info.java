/// What components and systems wrote down: kubelet, kube-proxy, flanneld, Felix, CoreDNS, the event logs of
/// Windows.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.log;
