TITLE="a pod's frames leave the node from the pod's own MAC address, and the network refuses them"
NETWORK=host-gateway

fault() {
    # Stands in for a virtual switch without its rewriting rule: the pod's frames keep the pod's own address.
    on node-a nft "
        add table netdev switch
        add chain netdev switch out { type filter hook egress device eth0 priority filter; }
        add rule netdev switch out ip saddr 10.42.1.11 ether saddr set $(mac_of 10.42.1.11)"
    # The network lets a port use one MAC address, as hypervisors do unless told otherwise.
    on underlay nft "
        add table bridge guard
        add chain bridge guard in { type filter hook prerouting priority filter; }
        add rule bridge guard in iifname node-a ether saddr != $(on node-a cat /sys/class/net/eth0/address) drop"
}

traffic() {
    lookup client orders.shop
    meanwhile get client orders --connections 3 --expect timeout
    get client cart --connections 2
    get web-1 orders --connections 2
    get worker cart --connections 2
    get worker internet
}
