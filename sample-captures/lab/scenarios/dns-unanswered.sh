TITLE="the DNS server gets queries and does not answer them"
SERVER_OPTIONS[dns-1]="--ignore example.com"

traffic() {
    meanwhile lookup client api.example.com. --timeout 2 --expect timeout
    meanwhile lookup client www.example.com. --timeout 2 --expect timeout
    everyday_traffic
    get client web --connections 2
}
