TITLE="everything works, some datagrams travel in pieces"

traffic() {
    healthy_traffic
    on client ping -q -c 2 -i 0.3 -s 3000 10.42.2.41 >/dev/null
    on worker ping -q -c 1 -s 4000 "$INTERNET" >/dev/null
    on client ping -q -c 1 -s 2000 10.42.1.21 >/dev/null
}
