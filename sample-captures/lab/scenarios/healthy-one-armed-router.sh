TITLE="everything works, one node reaches the internet through the other, and is answered directly"
NETWORK=host-gateway

fault() {
    ip -n ${PREFIX}node-b route replace default via 172.30.0.11
}

traffic() {
    healthy_traffic
    get worker internet --connections 2
}
