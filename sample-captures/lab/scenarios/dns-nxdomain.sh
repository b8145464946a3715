TITLE="a pod asks for a name that does not exist"

traffic() {
    lookup client webb.shop --expect nxdomain
    get client web --connections 2
    sleep 1
    lookup client webb.shop --expect nxdomain
    everyday_traffic
}
