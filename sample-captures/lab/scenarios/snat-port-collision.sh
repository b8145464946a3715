TITLE="two pods' connections to one server leave from the same translated address and port"

# Two translators that do not know each other: both give the node's address, both keep the port.
fault() {
    on node-a nft "
        add element ip network-plugin no-masquerade { $INTERNET }
        add table netdev translator
        add chain netdev translator out { type filter hook egress device eth0 priority filter; }
        add chain netdev translator in { type filter hook ingress device eth0 priority filter; }
        add rule netdev translator out ip saddr { 10.42.1.11, 10.42.1.21 } ip daddr $INTERNET ip saddr set 172.30.0.11
        add rule netdev translator in ip saddr $INTERNET tcp dport 40000 ip daddr set 10.42.1.11"
    on client ethtool -K eth0 tx off >/dev/null
    on web-1 ethtool -K eth0 tx off >/dev/null
}

traffic() {
    meanwhile get client internet --source-port 40000 --path /lines/250 --timeout 8
    sleep 0.5
    meanwhile get web-1 internet --source-port 40000 --expect timeout
    lookup client cart.shop
    get client cart --connections 2
    get worker internet
    get worker cart --connections 2
}
