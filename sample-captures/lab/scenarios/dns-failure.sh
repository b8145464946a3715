TITLE="the DNS server fails to resolve names outside the cluster"
SERVER_OPTIONS[dns-1]="--fail example.com"

traffic() {
    lookup client api.example.com. --expect servfail
    lookup worker www.example.com. --expect servfail
    everyday_traffic
    get client web --connections 2
}
