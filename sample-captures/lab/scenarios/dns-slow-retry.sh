TITLE="a DNS query is lost, and the pod asks again only after five seconds"

# What the well-known race of two queries from one socket does, without having to win it.
fault() {
    on node-a nft add rule inet firewall forward udp dport 53 limit rate 1/day burst 1 packets drop
    probe_pod node-a dns-1
}

traffic() {
    meanwhile lookup client web.shop.svc.cluster.local.
    sleep 0.5
    everyday_traffic
    }
