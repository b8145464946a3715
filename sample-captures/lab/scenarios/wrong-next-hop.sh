TITLE="one node has lost its route to the other's pods: packets go to the router"
NETWORK=host-gateway

fault() {
    ip -n ${PREFIX}node-a route delete 10.42.2.0/24
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --connections 2 --expect timeout
    everyday_traffic
}
