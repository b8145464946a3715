TITLE="one node still sends a service's connections to a pod that is gone"

fault() {
    on node-a nft "
        flush chain ip kube-proxy endpoint-web-2-tcp-8080
        add rule ip kube-proxy endpoint-web-2-tcp-8080 ip protocol tcp dnat to 10.42.2.29:8080"
}

traffic() {
    meanwhile get client web --connections 4 --expect answer,unreachable
    everyday_traffic
    get worker web --connections 2
}
