TITLE="one node tunnels from an address that all nodes have on another adapter"

# As Vagrant makes its machines: each has an adapter to the outside with the same address.
fault() {
    local node
    for node in node-a node-b; do
        ip -n "$PREFIX$node" link add nat0 type bridge
        ip -n "$PREFIX$node" address add 10.0.2.15/24 dev nat0
        ip -n "$PREFIX$node" link set nat0 up
    done
    ip -n ${PREFIX}node-a link delete vx0
    build_vxlan node-a 10.0.2.15 10.42.1.0/24 0e:5b:6c:11:a4:0a
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --connections 2 --expect timeout
    everyday_traffic
}
