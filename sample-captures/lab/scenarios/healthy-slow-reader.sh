TITLE="everything works, a server reads what it is sent a little late"
SERVER_OPTIONS[orders-1]="--pause 0.7"

traffic() {
    get client orders --upload 12000
    everyday_traffic
}
