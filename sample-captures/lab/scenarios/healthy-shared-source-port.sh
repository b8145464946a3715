TITLE="everything works, two pods' connections to two servers share a translated address and port"

fault() {
    ip -n ${PREFIX}internet address add 203.0.113.81/24 dev eth0
}

traffic() {
    meanwhile get client internet --source-port 40000 --path /lines/60
    sleep 0.3
    on web-1 "$LAB/traffic/http_client.py" 203.0.113.81 80 --source-port 40000
    healthy_traffic
}
