TITLE="everything works, a pod's frames leave the node from the pod's own MAC address"
NETWORK=host-gateway

fault() {
    # Stands in for a virtual switch without its rewriting rule: the pod's frames keep the pod's own address.
    on node-a nft "
        add table netdev switch
        add chain netdev switch out { type filter hook egress device eth0 priority filter; }
        add rule netdev switch out ip saddr 10.42.1.11 ether saddr set $(mac_of 10.42.1.11)"
}

traffic() {
    healthy_traffic
}
