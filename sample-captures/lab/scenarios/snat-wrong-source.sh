TITLE="one node gives pods' packets a source out of a pod range that it no longer has"

fault() {
    on node-a nft insert rule ip network-plugin postrouting \
        ip saddr 10.42.1.0/24 ip daddr 10.42.2.0/24 snat to 10.42.9.2
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    everyday_traffic
    get worker cart --connections 2
}
