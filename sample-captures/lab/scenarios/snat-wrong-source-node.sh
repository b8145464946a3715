TITLE="pods' packets to the API server, which is a node, leave from an address of the overlay"

fault() {
    on node-b nft insert rule ip network-plugin postrouting \
        ip saddr 10.42.2.0/24 ip daddr 172.30.0.0/24 snat to 10.42.2.0
    # An answer that comes out of the tunnel from a node's own address is not believed.
    on node-b sysctl -qw net.ipv4.conf.vx0.rp_filter=1
}

traffic() {
    meanwhile get worker kubernetes --path /version --connections 2 --expect timeout
    get client kubernetes --path /version
    everyday_traffic
    get worker cart
}
