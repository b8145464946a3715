TITLE="one node uses another VXLAN network identifier"

fault() {
    ip -n ${PREFIX}node-b link delete vx0
    VNI=1 build_vxlan node-b 172.30.0.12 10.42.2.0/24 0e:5b:6c:11:a4:0b
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    meanwhile get worker cart --connections 2 --expect timeout
    everyday_traffic
}
