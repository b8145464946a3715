TITLE="packets go through a firewall and answers pass it by"
NETWORK=host-gateway

fault() {
    ip -n ${PREFIX}underlay route add 10.42.2.0/24 via 172.30.0.12
    ip -n ${PREFIX}node-a route replace 10.42.2.0/24 via "$ROUTER"
    on underlay nft "
        add table inet firewall
        add chain inet firewall forward { type filter hook forward priority filter; }
        add rule inet firewall forward ct state invalid drop"
}

traffic() {
    meanwhile get client orders --connections 3 --expect stalled
    everyday_traffic
}
