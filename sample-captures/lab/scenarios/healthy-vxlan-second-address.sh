TITLE="everything works, the nodes tunnel between addresses that the lists do not name"

fault() {
    local number=1 node address pod_cidr mac
    while read -r node address pod_cidr mac; do
        ip -n "$PREFIX$node" address add "172.31.0.1$number/24" dev eth0
        ip -n "$PREFIX$node" link delete vx0
        build_vxlan "$node" "172.31.0.1$number" "$pod_cidr" "$mac"
        number=$((number + 1))
    done < <(rows nodes)
    bridge -n ${PREFIX}node-a fdb replace 0e:5b:6c:11:a4:0b dst 172.31.0.12 dev vx0
    bridge -n ${PREFIX}node-b fdb replace 0e:5b:6c:11:a4:0a dst 172.31.0.11 dev vx0
}

traffic() {
    healthy_traffic
}
