TITLE="one node's VXLAN device is too small for the pods, and the pod ignores what the node tells it"

fault() {
    ip -n ${PREFIX}node-a link set vx0 mtu 1400
    on client nft "
        add table inet pod-firewall
        add chain inet pod-firewall input { type filter hook input priority filter; }
        add rule inet pod-firewall input icmp type destination-unreachable drop"
}

traffic() {
    meanwhile get client orders --connections 2 --upload 2000 --timeout 2 --expect stalled
    everyday_traffic
    get client web --connections 2
}
