TITLE="the network between the nodes swallows large packets and does not say so"

fault() {
    ip -n ${PREFIX}underlay link set node-b mtu 1400
}

traffic() {
    meanwhile get client orders --connections 2 --upload 2000 --timeout 2 --expect stalled
    everyday_traffic
    get client web --connections 2
}
