TITLE="a server does not read what it is sent"
SERVER_OPTIONS[orders-1]="--pause 5"

traffic() {
    meanwhile get client orders --upload 12000 --timeout 8
    everyday_traffic
}
