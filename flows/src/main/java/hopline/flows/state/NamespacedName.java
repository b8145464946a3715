package hopline.flows.state;

import org.jspecify.annotations.Nullable;

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

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamespacedName that && namespace.equals(that.namespace) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return namespace.hashCode() * 31 + name.hashCode();
    }
}
