TITLE="everything works, but the capture makes the bridge send some packets twice"
PROMISCUOUS=yes

traffic() {
    lookup client web.shop
    get client web --connections 4
    get client internet
    ping_pod client web-1
    ping_pod client orders-1
}
