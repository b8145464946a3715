TITLE="a firewall rule on one node rejects a service's packets with an ICMP error"

fault() {
    on node-b nft add rule inet firewall forward ip daddr 10.42.2.41 tcp dport 9090 reject with icmp admin-prohibited
}

traffic() {
    get client orders --connections 3 --expect unreachable
    everyday_traffic
    get client web --connections 2
}
