TITLE="a pod has lost its address and no longer answers ARP"

fault() {
    on web-2 ip address flush dev eth0
}

traffic() {
    meanwhile get client web --connections 4 --expect answer,unreachable
    lookup client cart.shop
    get client cart --connections 2
    get client orders
    get worker internet
    ping_pod worker orders-1
}
