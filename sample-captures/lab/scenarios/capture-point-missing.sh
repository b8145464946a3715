TITLE="everything works, but a pod came after the capture had begun"

fault() {
    ip netns pids ${PREFIX}cart-1 | xargs --no-run-if-empty kill
    ip -n ${PREFIX}node-a link delete v-cart-1
    ip netns delete ${PREFIX}cart-1
}

traffic() {
    get client web --connections 2
    build_pod cart-1 node-a 10.42.1.31
    start_web_server cart-1 7070
    get client cart --connections 2
    healthy_traffic
}
