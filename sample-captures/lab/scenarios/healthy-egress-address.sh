TITLE="everything works, pods reach the internet from an address that the lists do not name"

fault() {
    ip -n ${PREFIX}node-a address add 172.30.0.77/24 dev eth0
    on node-a nft insert rule ip network-plugin postrouting \
        ip saddr 10.42.1.0/24 ip daddr "$INTERNET" snat to 172.30.0.77
}

traffic() {
    healthy_traffic
    get client internet --connections 2
}
