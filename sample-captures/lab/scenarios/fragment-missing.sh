TITLE="the network between the nodes drops every fragment but the first"
NETWORK=host-gateway

fault() {
    on underlay nft "
        add table bridge cloud
        add chain bridge cloud forward { type filter hook forward priority filter; }
        add rule bridge cloud forward ip frag-off & 0x1fff != 0 drop"
}

traffic() {
    no_ping client 10.42.2.41 -s 3000
    everyday_traffic
    get client orders --connections 2
    ping_pod client orders-1
}
