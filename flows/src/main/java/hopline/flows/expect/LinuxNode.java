package hopline.flows.expect;

import hopline.decode.Address;

/// stub to be replaced at once
final class LinuxNode implements NodeWalk {
    private final String name;

    LinuxNode(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int timeToLive() {
        return 64;
    }

    @Override
    public void fromPod(Trail trail, Address pod) {}

    @Override
    public void fromHost(Trail trail) {}

    @Override
    public void fromWire(Trail trail) {}
}
