TITLE="everything works, and somebody traces the route to the internet"

traffic() {
    on client "$LAB/traffic/traceroute.py" "$INTERNET"
    on client "$LAB/traffic/traceroute.py" 10.42.2.41
    healthy_traffic
}
