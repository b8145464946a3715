# Builds the two nodes, their pods and the network between them, all of it in namespaces.

PREFIX=hl-

# shellcheck source=cluster/network
source "$LAB/cluster/network"

rows() {
    grep -v '^#' "$LAB/cluster/$1"
}

# Runs a command in a node, in a pod, in "underlay" or in "internet".
on() {
    local place=$1
    shift
    ip netns exec "$PREFIX$place" "$@"
}

add_namespace() {
    ip netns add "$PREFIX$1"
    ip -n "$PREFIX$1" link set lo up
    # IPv6 is off unless a scenario wants it: router solicitations and multicast reports are noise here.
    on "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
}

make_router() {
    on "$1" sysctl -qw net.ipv4.ip_forward=1 \
        net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
        net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0
}

# wire PLACE INTERFACE PLACE INTERFACE MTU: a cable between two namespaces.
wire() {
    ip -n "$PREFIX$1" link add "$2" mtu "$5" type veth peer name "$4" mtu "$5" netns "$PREFIX$3"
    no_large_send "$1" "$2"
    no_large_send "$3" "$4"
    ip -n "$PREFIX$1" link set "$2" up
    ip -n "$PREFIX$3" link set "$4" up
}

no_large_send() {
    on "$1" ethtool -K "$2" tso off gso off gro off tx-udp_tnl-segmentation off tx-udp_tnl-csum-segmentation off
}

large_send() {
    on "$1" ethtool -K "$2" tso on gso on gro on
}

# --- underlay and internet

build_underlay() {
    add_namespace underlay
    make_router underlay
    # The switch forwards frames; only its own address is a router.
    on underlay sysctl -qw net.bridge.bridge-nf-call-iptables=0
    ip -n ${PREFIX}underlay link add switch type bridge
    ip -n ${PREFIX}underlay address add "$ROUTER/24" dev switch
    ip -n ${PREFIX}underlay link set switch up
    # What was meant for pods or services and leaves a node bare ends here, without an ICMP error.
    ip -n ${PREFIX}underlay route add blackhole 10.0.0.0/8
}

build_internet() {
    add_namespace internet
    wire underlay internet internet eth0 1500
    ip -n ${PREFIX}underlay address add "$INTERNET_ROUTER/24" dev internet
    ip -n ${PREFIX}internet address add "$INTERNET/24" dev eth0
    ip -n ${PREFIX}internet route add default via "$INTERNET_ROUTER"
}

# --- nodes

# The first address of a pod network is the bridge's: 10.42.1.0/24 gives 10.42.1.1.
gateway_of() {
    echo "${1%0/24}1"
}

pod_mtu() {
    if [[ $NETWORK == overlay ]]; then echo "$OVERLAY_MTU"; else echo "$UPLINK_MTU"; fi
}

build_node() {
    local node=$1 address=$2 pod_cidr=$3
    add_namespace "$node"
    make_router "$node"
    # As kubelet demands; kube-proxy's rules see bridged packets only with this on.
    on "$node" sysctl -qw net.bridge.bridge-nf-call-iptables=1
    wire underlay "$node" "$node" eth0 "$UPLINK_MTU"
    ip -n ${PREFIX}underlay link set "$node" master switch
    ip -n "$PREFIX$node" address add "$address/24" dev eth0
    ip -n "$PREFIX$node" route add default via "$ROUTER"
    ip -n "$PREFIX$node" link add cni0 mtu "$(pod_mtu)" type bridge
    ip -n "$PREFIX$node" address add "$(gateway_of "$pod_cidr")/24" dev cni0
    ip -n "$PREFIX$node" link set cni0 up
    "$LAB/rules.py" | on "$node" nft -f -
}

# --- between the nodes' pod networks

# As flannel does it: the peer's VTEP is a fixed neighbour and a fixed forwarding entry, nothing is learnt.
build_vxlan() {
    local node=$1 address=$2 pod_cidr=$3 mac=$4
    ip -n "$PREFIX$node" link add vx0 address "$mac" mtu "$OVERLAY_MTU" type vxlan \
        id "$VNI" dstport "$VXLAN_PORT" local "$address" dev eth0 nolearning
    ip -n "$PREFIX$node" address add "${pod_cidr%/24}/32" dev vx0
    [[ $LARGE_SEND == yes ]] || no_large_send "$node" vx0
    ip -n "$PREFIX$node" link set vx0 up
    connect_vxlan "$node"
}

connect_vxlan() {
    local node=$1 peer address pod_cidr mac
    while read -r peer address pod_cidr mac; do
        [[ $peer == "$node" ]] && continue
        ip -n "$PREFIX$node" neighbor replace "${pod_cidr%/24}" lladdr "$mac" dev vx0 nud permanent
        bridge -n "$PREFIX$node" fdb replace "$mac" dst "$address" dev vx0
        ip -n "$PREFIX$node" route replace "$pod_cidr" via "${pod_cidr%/24}" dev vx0 onlink
    done < <(rows nodes)
}

build_host_gateway() {
    local node=$1 peer address pod_cidr
    while read -r peer address pod_cidr _; do
        [[ $peer == "$node" ]] && continue
        ip -n "$PREFIX$node" route add "$pod_cidr" via "$address" dev eth0
    done < <(rows nodes)
}

connect_nodes() {
    local node address pod_cidr mac
    while read -r node address pod_cidr mac; do
        if [[ $NETWORK == overlay ]]; then
            build_vxlan "$node" "$address" "$pod_cidr" "$mac"
        else
            build_host_gateway "$node"
        fi
    done < <(rows nodes)
}

# --- pods

# 10.42.1.21 gives 0a:58:0a:2a:01:15.
mac_of() {
    printf '0a:58:%02x:%02x:%02x:%02x' ${1//./ }
}

build_pod() {
    local pod=$1 node=$2 address=$3
    add_namespace "$pod"
    wire "$node" "v-$pod" "$pod" eth0 "$(pod_mtu)"
    ip -n "$PREFIX$pod" link set eth0 address "$(mac_of "$address")"
    ip -n "$PREFIX$node" link set "v-$pod" master cni0
    bridge -n "$PREFIX$node" link set dev "v-$pod" hairpin on
    ip -n "$PREFIX$pod" address add "$address/24" dev eth0
    ip -n "$PREFIX$pod" route add default via "${address%.*}.1"
    if [[ $LARGE_SEND == yes ]]; then
        large_send "$node" "v-$pod"
        large_send "$pod" eth0
    fi
    if [[ $IPV6 == yes ]]; then
        add_ipv6 "$pod" "$address"
    fi
}

# Same numbers as the IPv4 address, see cluster.py. Only pods of one node reach each other.
add_ipv6() {
    local network=${2%.*} host=${2##*.}
    on "$1" sysctl -qw net.ipv6.conf.eth0.accept_ra=0 net.ipv6.conf.eth0.disable_ipv6=0
    ip -n "$PREFIX$1" address add "fd00:${network//./:}::$host/64" dev eth0 nodad
}

# --- all of it

build_cluster() {
    local name namespace node address pod_cidr
    build_underlay
    build_internet
    while read -r node address pod_cidr _; do
        build_node "$node" "$address" "$pod_cidr"
    done < <(rows nodes)
    connect_nodes
    while read -r name namespace node address _; do
        build_pod "$name" "$node" "$address"
    done < <(rows pods)
}

# Pulls every cable at its far end. The nodes' own interfaces stay up, which captures on them need.
unplug() {
    local name
    for name in $(rows pods | awk '{ print $1 }'); do
        ip -n "$PREFIX$name" link set eth0 down
    done
    for name in $(rows nodes | awk '{ print $1 }'); do
        ip -n ${PREFIX}underlay link set "$name" down
    done
}

lab_namespaces() {
    ip netns list | awk '{ print $1 }' | grep "^$PREFIX" || true
}

remove_cluster() {
    local namespace
    for namespace in $(lab_namespaces); do
        ip netns pids "$namespace" | xargs --no-run-if-empty kill -KILL 2>/dev/null || true
        ip netns delete "$namespace"
    done
}
