TITLE="bridged answers bypass the node's translation: they arrive from the pod, not from the service"

fault() {
    on node-a sysctl -qw net.bridge.bridge-nf-call-iptables=0
}

# Every service with a backend on the client's own node suffers, so only one of them is used.
traffic() {
    meanwhile get client web --connections 4 --expect answer,timeout
    lookup worker web.shop
    get worker cart --connections 2
    get client internet
    ping_pod client web-1
    ping_pod worker web-2
}
