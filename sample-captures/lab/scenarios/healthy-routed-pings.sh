TITLE="everything works, pings of a node that plays Windows leave with pods' addresses, which are routed"
WINDOWS=node-a

fault() {
    on node-a nft insert rule ip network-plugin postrouting ip protocol icmp accept
    ip -n ${PREFIX}underlay route add 10.42.1.0/24 via 172.30.0.11
}

traffic() {
    healthy_traffic
    ping_address client "$INTERNET"
}
