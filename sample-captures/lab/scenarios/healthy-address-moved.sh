TITLE="everything works, an address moves from one pod to another"

fault() {
    add_namespace cart-2
    wire node-a v-cart-2 cart-2 eth0 "$OVERLAY_MTU"
    ip -n ${PREFIX}cart-2 link set eth0 down address 0a:58:0a:2a:01:fe
    ip -n ${PREFIX}node-a link set v-cart-2 master cni0
    ip -n ${PREFIX}cart-2 address add 10.42.1.31/24 dev eth0
}

traffic() {
    get client cart-1
    ping_pod client cart-1
    # Hosts do not believe a change that comes too soon.
    sleep 1.5
    ip -n ${PREFIX}cart-1 link set eth0 down
    ip -n ${PREFIX}cart-2 link set eth0 up
    ip -n ${PREFIX}cart-2 route add default via 10.42.1.1
    sleep 0.2
    on cart-2 "$LAB/traffic/announce.py" eth0 10.42.1.31
    start_web_server cart-2 7070
    sleep 0.5
    get client cart-1 --connections 2
    ping_pod client cart-1
    healthy_traffic
}
