TITLE="one node does not know a service: its address leaves the node untranslated"

fault() {
    on node-a nft delete element ip kube-proxy service-ips '{ 10.43.80.15 . tcp . 80 }'
}

traffic() {
    meanwhile get client web --connections 3 --expect timeout
    everyday_traffic
    get worker web --connections 2
}
