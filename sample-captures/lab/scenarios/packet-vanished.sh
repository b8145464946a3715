TITLE="a rule in one node's forward path drops a service's packets without a word"

fault() {
    on node-b nft add rule inet firewall forward ip daddr 10.42.2.41 tcp dport 9090 drop
}

traffic() {
    meanwhile get client orders --connections 3 --expect timeout
    everyday_traffic
    get client web --connections 2
}
