TITLE="pods' packets leave for the internet with their own source address"

# A prefix length of 0 where 16 was meant excepts every destination.
fault() {
    on node-a nft "
        flush set ip network-plugin no-masquerade
        add element ip network-plugin no-masquerade { 10.42.0.0/0 }"
}

traffic() {
    meanwhile get client internet --connections 3 --expect timeout
    lookup client www.example.com
    get client web --connections 2
    ping_pod client web-1
    get worker internet
}
