package hopline.flows.state;

/// What identifies an object of one kind at one time.
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {

    @Override
    public int compareTo(NamespacedName other) {
        int order = namespace.compareTo(other.namespace);
        return order != 0 ? order : name.compareTo(other.name);
    }

    /// `namespace/name`
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
