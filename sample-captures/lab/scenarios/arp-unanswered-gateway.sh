TITLE="a pod's default route names a gateway that does not exist"

fault() {
    on client ip route replace default via 10.42.1.2
}

traffic() {
    meanwhile get client web --connections 3 --expect unreachable
    get web-1 cart --connections 2
    get web-1 web --connections 2
    ping_pod client web-1
    get worker internet
}
