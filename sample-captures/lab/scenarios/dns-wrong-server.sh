TITLE="a pod asks a DNS server that does not exist"

traffic() {
    # 10.43.0.100 where 10.43.0.10 was meant.
    meanwhile on client "$LAB/traffic/dns_client.py" 10.43.0.100 web.shop --timeout 1.5 --expect timeout
    get client web --connections 2
    lookup web-1 cart.shop
    lookup worker orders.shop
    get worker internet
}
