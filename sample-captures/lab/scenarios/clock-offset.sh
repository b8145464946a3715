TITLE="everything works, but one node's clock is 3.2 seconds ahead"

traffic() {
    get client web --connections 2
    get client orders --upload 1500
    everyday_traffic
    get worker cart
}

afterwards() {
    "$LAB/pcapng.py" "$1/node-b.pcapng" --shift 3.2
}
