# Captures at every interface of each node, one file a node.

CAPTURE_START_LIMIT=10
# Long enough for the last connections to be closed by both sides.
CAPTURE_TAIL=0.3
# The kernel hands packets to a capture in blocks; a block that is not full is handed over after a while.
CAPTURE_SETTLE=1.5

declare -A CAPTURES=()

capture_points() {
    ip -n "$PREFIX$1" -oneline link show up | awk -F '[ :@]+' '$2 != "lo" { print $2 }'
}

start_capture() {
    local node=$1 directory=$2 interfaces=() interface
    # A bridge in promiscuous mode takes a copy of each translated packet for its own and sends it a second time.
    [[ $PROMISCUOUS == yes ]] || interfaces+=(--no-promiscuous-mode)
    for interface in $(capture_points "$node"); do
        interfaces+=(-i "$interface")
    done
    : >"$directory/$node.log"
    # Not through on(): the process to stop must be dumpcap itself, not a shell around it.
    ip netns exec "$PREFIX$node" dumpcap -q "${interfaces[@]}" -w "$directory/$node.pcapng" 2>"$directory/$node.log" &
    CAPTURES[$node]=$!
    # dumpcap names its file once every interface is open.
    wait_until "$CAPTURE_START_LIMIT" "the capture on $node to start" grep -q '^File:' "$directory/$node.log"
}

start_captures() {
    local node
    for node in $(rows nodes | awk '{ print $1 }'); do
        start_capture "$node" "$1"
    done
}

stop_captures() {
    local node
    sleep "$CAPTURE_TAIL"
    # What arrives while dumpcap stops is lost, if only the kernel's own ARP.
    unplug
    sleep "$CAPTURE_SETTLE"
    for node in "${!CAPTURES[@]}"; do
        kill -INT "${CAPTURES[$node]}"
        wait "${CAPTURES[$node]}"
        check_nothing_lost "$1/$node.log"
    done
}

# "Packets received/dropped on interface 'eth0': 41/0 (…)"
check_nothing_lost() {
    grep -q 'received/dropped' "$1" || fail "dumpcap did not finish: $(<"$1")"
    if grep 'received/dropped' "$1" | grep -qv ': [0-9]*/0 '; then
        fail "dumpcap lost packets: $(<"$1")"
    fi
}
