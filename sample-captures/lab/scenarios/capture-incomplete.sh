TITLE="one node's capture is missing, the other's ends in the middle of a packet"

traffic() {
    get client web --connections 2
    get client orders --upload 1500
    everyday_traffic
}

afterwards() {
    rm "$1/node-b.pcapng"
    "$LAB/pcapng.py" "$1/node-a.pcapng" --cut 0.8
}
