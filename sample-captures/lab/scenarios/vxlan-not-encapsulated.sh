TITLE="one node has lost its route to the other's pods: answers leave without VXLAN"

fault() {
    on node-b ip route delete 10.42.1.0/24
}

traffic() {
    meanwhile get client web --connections 4 --expect answer,timeout
    everyday_traffic
}
