package hopline.cli;

import java.util.Optional;

/// The version of this program, from its jar.
final class Version {

    private Version() {}

    static String text() {
        return Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(descriptor -> descriptor.rawVersion())
                .or(() -> Optional.ofNullable(Main.class.getPackage().getImplementationVersion()))
                .orElse("development");
    }
}
