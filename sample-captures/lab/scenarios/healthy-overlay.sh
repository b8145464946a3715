TITLE="everything works, pods of different nodes talk through VXLAN"
IPV6=yes
SERVER_OPTIONS[web-1]="--address ::"

traffic() {
    healthy_traffic
    on client "$LAB/traffic/http_client.py" fd00:10:42:1::21 8080
}
