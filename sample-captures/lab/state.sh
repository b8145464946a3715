# Saves what each node has programmed, as operators collect it: two small files a node.

save_state() {
    local directory=$1 node
    for node in $(rows nodes | awk '{ print $1 }'); do
        mkdir -p "$directory/$node"
        node_state "$node" >"$directory/$node/network.txt"
        on "$node" nft -j list ruleset | "$LAB/objects.py" >"$directory/$node/nft.json"
    done
}

node_state() {
    ip -n "$PREFIX$1" route
    ip -n "$PREFIX$1" -4 address
    ip -n "$PREFIX$1" -d link show type vxlan
    ip -n "$PREFIX$1" neighbor show nud permanent
    bridge -n "$PREFIX$1" fdb show | grep ' dst ' || true
    bridge -n "$PREFIX$1" -d link
    on "$1" sysctl net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables
    on "$1" sysctl -a 2>/dev/null | grep '^net\.ipv4\.conf\..*\.rp_filter = [12]' || true
}
