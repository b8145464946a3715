TITLE="everything works, a router stands between the nodes' pods"
NETWORK=host-gateway

fault() {
    local node address pod_cidr
    while read -r node address pod_cidr _; do
        ip -n ${PREFIX}underlay route add "$pod_cidr" via "$address"
    done < <(rows nodes)
    ip -n ${PREFIX}node-a route replace 10.42.2.0/24 via "$ROUTER"
    ip -n ${PREFIX}node-b route replace 10.42.1.0/24 via "$ROUTER"
}

traffic() {
    healthy_traffic
}
