TITLE="the network between the nodes loses one packet in nine; connections work, slowly"

# Counted, not random, so that every run shows enough of it.
fault() {
    on underlay nft "
        add table bridge underlay
        add chain bridge underlay forward { type filter hook forward priority filter; }
        add rule bridge underlay forward ip saddr 172.30.0.12 udp dport 4789 numgen inc mod 9 == 5 drop"
}

traffic() {
    get client orders --path /lines/60 --timeout 10
    everyday_traffic
}
