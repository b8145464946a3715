TITLE="the DNS server answers late"
SERVER_OPTIONS[dns-1]="--slow example.com --delay 2.8"

traffic() {
    meanwhile lookup client api.example.com.
    meanwhile lookup worker www.example.com.
    everyday_traffic
    get client web --connections 2
}
