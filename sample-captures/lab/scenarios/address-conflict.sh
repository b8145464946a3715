TITLE="two pods of a node have one address"

fault() {
    add_namespace ghost
    wire node-a v-ghost ghost eth0 "$OVERLAY_MTU"
    ip -n ${PREFIX}ghost link set eth0 address 0a:58:0a:2a:01:fe
    ip -n ${PREFIX}node-a link set v-ghost master cni0
    ip -n ${PREFIX}ghost address add 10.42.1.31/24 dev eth0
    ip -n ${PREFIX}ghost route add default via 10.42.1.1
    start_web_server ghost 7070
}

traffic() {
    local i
    for i in 1 2 3; do
        get client cart-1
        ip -n ${PREFIX}client neighbor flush dev eth0
        sleep 0.4
    done
    everyday_traffic
    get client web --connections 2
}
