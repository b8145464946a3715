TITLE="everything works, pods of different nodes talk through plain routes"
NETWORK=host-gateway

traffic() {
    healthy_traffic
}
