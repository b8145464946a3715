TITLE="one node uses another UDP port for VXLAN"

fault() {
    ip -n ${PREFIX}node-b link delete vx0
    # What a VXLAN device gets under Linux that is made without a port.
    VXLAN_PORT=8472 build_vxlan node-b 172.30.0.12 10.42.2.0/24 0e:5b:6c:11:a4:0b
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --connections 2 --expect timeout
    everyday_traffic
}
