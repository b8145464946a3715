TITLE="everything works, but the API server's node answers only the second time"

fault() {
    on node-a nft "
        add chain inet firewall input { type filter hook input priority filter; }
        add rule inet firewall input iifname eth0 tcp dport $API_SERVER_PORT tcp flags syn numgen inc mod 2 0 drop"
}

traffic() {
    get worker kubernetes --path /version --connections 2 --gap 2.5
    healthy_traffic
}
