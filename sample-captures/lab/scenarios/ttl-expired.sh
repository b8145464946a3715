TITLE="a pod sends with a time to live of 2, too little for the other node"

fault() {
    on client sysctl -qw net.ipv4.ip_default_ttl=2
}

traffic() {
    meanwhile get client orders --connections 3 --expect unreachable
    lookup client cart.shop
    get client cart --connections 2
    get worker internet
    get worker web --connections 2
}
