TITLE="a pod that reaches itself through its service gets its own address as source"

# Without the rule that marks packets from the endpoint itself for masquerading.
fault() {
    on node-a nft "
        flush chain ip kube-proxy endpoint-web-1-tcp-8080
        add rule ip kube-proxy endpoint-web-1-tcp-8080 ip protocol tcp dnat to 10.42.1.21:8080"
    probe_pod node-a web-1
}

traffic() {
    meanwhile get web-1 web --connections 4 --expect answer,timeout
    everyday_traffic
}
