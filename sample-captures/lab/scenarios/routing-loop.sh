TITLE="each node takes the other for the way to a pod"
NETWORK=host-gateway

fault() {
    ip -n ${PREFIX}node-b route add 10.42.2.41/32 via 172.30.0.11
}

traffic() {
    meanwhile get client orders-1 --connections 2 --expect unreachable
    everyday_traffic
    get client web --connections 2
}
