TITLE="everything works, but one node's clock jumps by 4.7 seconds during the capture"

traffic() {
    get client orders --connections 3 --gap 0.4
    everyday_traffic
    get worker cart --connections 2 --gap 0.4
}

afterwards() {
    "$LAB/pcapng.py" "$1/node-b.pcapng" --step 4.7
}
