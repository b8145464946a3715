TITLE="pod traffic to the other node arrives with the address of the node's VXLAN device as source"

# The exceptions name the node's own pods instead of the cluster's.
fault() {
    on node-a nft "
        delete element ip network-plugin no-masquerade { 10.42.0.0/16 }
        add element ip network-plugin no-masquerade { 10.42.1.0/24 }"
}

traffic() {
    get client web --connections 4
    everyday_traffic
}
