TITLE="pods of a node that plays Windows ping the internet from their own addresses"
WINDOWS=node-a

fault() {
    on node-a nft insert rule ip network-plugin postrouting ip protocol icmp accept
}

traffic() {
    no_ping client "$INTERNET"
    healthy_traffic
}
