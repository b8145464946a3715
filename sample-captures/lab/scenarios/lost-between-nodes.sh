TITLE="the network between the nodes drops VXLAN in one direction"

fault() {
    on underlay nft "
        add table bridge underlay
        add chain bridge underlay forward { type filter hook forward priority filter; }
        add rule bridge underlay forward ip saddr 172.30.0.11 ip daddr 172.30.0.12 udp dport 4789 drop"
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --expect timeout
    everyday_traffic
}
