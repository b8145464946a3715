TITLE="a firewall on the API server's node drops connections from the other node"

fault() {
    on node-a nft "
        add chain inet firewall input { type filter hook input priority filter; }
        add rule inet firewall input iifname eth0 tcp dport $API_SERVER_PORT drop"
}

traffic() {
    meanwhile get worker kubernetes --path /version --connections 3 --expect timeout
    get client kubernetes --path /version
    everyday_traffic
}
