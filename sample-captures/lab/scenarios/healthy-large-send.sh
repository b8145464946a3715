TITLE="everything works, pods send packets larger than the MTU and the uplink cuts them"
LARGE_SEND=yes

traffic() {
    lookup client web.shop
    get client web-2 --path /bytes/5600
    get client orders --upload 5600
    get client cart --path /bytes/5000
    get client internet --path /bytes/3000
    ping_pod client web-1
}
