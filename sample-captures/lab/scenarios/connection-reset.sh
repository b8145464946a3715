TITLE="a server dies in the middle of its answers"
SERVER_OPTIONS[orders-1]="--reset-after 800"

traffic() {
    get client orders --connections 3 --path /bytes/3000 --expect reset
    everyday_traffic
    get client web --connections 2
}
