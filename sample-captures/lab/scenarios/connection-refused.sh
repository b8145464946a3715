TITLE="a pod counts as ready, but nothing listens in it"

fault() {
    ip netns pids ${PREFIX}orders-1 | xargs kill
}

traffic() {
    get client orders --connections 3 --expect refused
    everyday_traffic
    get client web --connections 2
}
