package hopline.decode;

/// The numbers of address families, which differ from system to system: captures bear those of where they
/// were made.
final class AddressFamily {

    private static final int INET = 2; // everywhere
    private static final int INET6_LINUX = 10;
    private static final int INET6_WINDOWS = 23;
    private static final int INET6_NETBSD = 24;
    private static final int INET6_FREEBSD = 28;
    private static final int INET6_DARWIN = 30;

    private AddressFamily() {}

    static boolean isIpv4(int family) {
        return family == INET;
    }

    static boolean isIpv6(int family) {
        return switch (family) {
            case INET6_LINUX, INET6_WINDOWS, INET6_NETBSD, INET6_FREEBSD, INET6_DARWIN -> true;
            default -> false;
        };
    }
}
