TITLE="everything works, pods ask a cache on their node, and a server outside"

fault() {
    ip -n ${PREFIX}node-a address add 169.254.20.10/32 dev lo
    start_server node-a 53 "$LAB/traffic/dns_server.py" --address 169.254.20.10
    start_server internet 53 "$LAB/traffic/dns_server.py"
}

traffic() {
    on client "$LAB/traffic/dns_client.py" 169.254.20.10 web.shop
    on client "$LAB/traffic/dns_client.py" 169.254.20.10 www.example.com
    on client "$LAB/traffic/dns_client.py" "$INTERNET" www.example.com.
    on worker "$LAB/traffic/dns_client.py" "$INTERNET" api.example.com.
    healthy_traffic
}
