TITLE="one node still addresses the other's VXLAN device by the MAC that it had before it was made anew"

# The neighbour and forwarding entries lead to the right node, and to no device there.
fault() {
    on node-a ip neighbor replace 10.42.2.0 lladdr 0e:5b:6c:11:a4:77 dev vx0 nud permanent
    on node-a bridge fdb replace 0e:5b:6c:11:a4:77 dst 172.30.0.12 dev vx0
    on node-a bridge fdb delete 0e:5b:6c:11:a4:0b dev vx0
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --expect timeout
    everyday_traffic
}
