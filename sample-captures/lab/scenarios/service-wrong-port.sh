TITLE="one node translates a service to the right pod but the wrong port"

fault() {
    on node-a nft "
        flush chain ip kube-proxy endpoint-web-2-tcp-8080
        add rule ip kube-proxy endpoint-web-2-tcp-8080 ip protocol tcp dnat to 10.42.2.21:8081"
}

traffic() {
    get client web --connections 4 --expect answer,refused
    everyday_traffic
    get worker web --connections 2
}
