TITLE="everything works, VXLAN runs on port 8472"
VXLAN_PORT=8472

traffic() {
    healthy_traffic
}
