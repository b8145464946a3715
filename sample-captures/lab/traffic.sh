# What scenarios use to send traffic. Each fails unless the traffic ends as expected.

SERVER_START_LIMIT=5
API_SERVER_PORT=6443

# --- servers

start_server() {
    local place=$1 port=$2
    shift 2
    on "$place" "$@" </dev/null >>"$WORK/servers.log" 2>&1 &
    # Otherwise bash reports the end of each server when the lab is taken down.
    disown
    wait_until "$SERVER_START_LIMIT" "$place to serve port $port" is_listening "$place" "$port"
}

is_listening() {
    [[ -n $(on "$1" ss --no-header --listening --tcp --udp --numeric "sport = :$2") ]]
}

start_web_server() {
    start_server "$1" "$2" "$LAB/traffic/http_server.py" "$2" --name "$1" ${SERVER_OPTIONS[$1]:-}
}

start_servers() {
    local pod port
    while read -r pod _ _ _ _ port; do
        case $port in
            -) ;;
            53) start_server "$pod" 53 "$LAB/traffic/dns_server.py" ${SERVER_OPTIONS[$pod]:-} ;;
            *) start_web_server "$pod" "$port" ;;
        esac
    done < <(rows pods)
    start_web_server internet 80
    start_web_server node-a "$API_SERVER_PORT"
}

# --- addresses

pod_address() {
    rows pods | awk -v name="$1" '$1 == name { print $4 }'
}

service_address() {
    rows services | awk -v name="$1" '$1 == name { print $3; exit }'
}

# Address and port of a service, of a pod, or of the host on the internet.
target() {
    case $1 in
        internet) echo "$INTERNET 80" ;;
        kubernetes) echo "$(service_address kubernetes) 443" ;;
        *-[0-9]) rows pods | awk -v name="$1" '$1 == name { print $4, $6 }' ;;
        *) rows services | awk -v name="$1" '$1 == name { print $3, $6; exit }' ;;
    esac
}

# --- clients

declare -a PENDING=()

# get FROM TARGET [option of http_client.py]…
get() {
    local from=$1 to
    to=$(target "$2")
    shift 2
    on "$from" "$LAB/traffic/http_client.py" $to "$@"
}

# lookup FROM NAME [option of dns_client.py]…
lookup() {
    local from=$1
    shift
    on "$from" "$LAB/traffic/dns_client.py" "$(service_address kube-dns)" "$@"
}

# As kubelet's probes do all the time: the node knows its pod's MAC address before the capture begins.
probe_pod() {
    ping_pod "$1" "$2"
}

# ping_pod FROM POD
ping_pod() {
    ping_address "$1" "$(pod_address "$2")"
}

ping_address() {
    on "$1" ping -q -c 2 -i 0.3 -W 2 "$2" >/dev/null || fail "$1 cannot ping $2"
}

# A ping that must not be answered: no_ping FROM ADDRESS [option of ping]…
no_ping() {
    local from=$1 address=$2
    shift 2
    ! on "$from" ping -q -c 3 -i 0.3 -W 1 "$@" "$address" >/dev/null || fail "$from can ping $address"
}

# Starts traffic that takes its time, while the scenario goes on; the capture ends after it.
meanwhile() {
    "$@" &
    PENDING+=($!)
}

finish_traffic() {
    local pid
    for pid in "${PENDING[@]}"; do
        wait "$pid"
    done
}

# Every kind of traffic once or a few times.
healthy_traffic() {
    lookup client web.shop
    lookup client www.example.com
    lookup worker orders.shop
    get client web --connections 4
    get client orders --upload 3000
    get client web-2
    get web-1 web --connections 2
    get client kubernetes --path /version
    get client internet
    ping_pod client web-1
    ping_pod client orders-1
    ping_address worker "$INTERNET"
    # A probe of kubelet's, and a process of the node that uses a service.
    on node-a "$LAB/traffic/http_client.py" "$(pod_address web-1)" 8080 --path /healthz
    get node-a web --connections 2
}

# What a node carries beside a fault; none of it crosses from node to node.
everyday_traffic() {
    lookup client cart.shop
    get client cart --connections 2
    get client internet
    ping_pod client web-1
    get worker internet
    ping_pod worker web-2
}
