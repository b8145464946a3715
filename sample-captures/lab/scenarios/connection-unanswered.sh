TITLE="a pod's own firewall drops the connections that reach it"

fault() {
    on orders-1 nft "
        add table inet pod-firewall
        add chain inet pod-firewall input { type filter hook input priority filter; }
        add rule inet pod-firewall input tcp dport 9090 drop"
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    everyday_traffic
    get client web --connections 2
}
