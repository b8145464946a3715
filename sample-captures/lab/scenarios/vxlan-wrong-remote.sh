TITLE="one node sends the other's VXLAN packets to a third machine"

# The machine that has the address now does not do VXLAN, and its firewall is silent.
fault() {
    ip -n ${PREFIX}underlay address add 172.30.0.13/24 dev switch
    on underlay nft "
        add table inet other-machine
        add chain inet other-machine input { type filter hook input priority filter; }
        add rule inet other-machine input ip daddr 172.30.0.13 drop"
    on node-a bridge fdb replace 0e:5b:6c:11:a4:0b dst 172.30.0.13 dev vx0
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --expect timeout
    everyday_traffic
}
