package hopline.capture.node.windows;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;

/// What this process may do on Windows, and which build it runs on: asked of the system itself, so that neither
/// its language nor a compatibility mode matters. Declared from the published interfaces, not run on Windows.
public final class WindowsRights {

    private static final int TOKEN_QUERY = 8;
    private static final int TOKEN_ELEVATION = 20;
    private static final int NUMBER = 4;

    /// Octets of `OSVERSIONINFOW`, and where the build lies in it.
    private static final int VERSION_INFO = 276;

    private static final int BUILD = 12;

    /// `advapi32.dll`.
    private interface Advapi extends StdCallLibrary {
        boolean OpenProcessToken(Pointer process, int access, PointerByReference token);

        boolean GetTokenInformation(Pointer token, int kind, IntByReference value, int size, IntByReference needed);
    }

    /// `kernel32.dll`.
    private interface Kernel extends StdCallLibrary {
        Pointer GetCurrentProcess();

        boolean CloseHandle(Pointer handle);
    }

    /// `ntdll.dll`, which tells the version whatever the program's manifest says.
    private interface Nt extends StdCallLibrary {
        int RtlGetVersion(Pointer info);
    }

    private WindowsRights() {}

    /// Whether this process has an administrator's full token.
    public static boolean isElevated() {
        Kernel kernel = Native.load("kernel32", Kernel.class);
        Advapi advapi = Native.load("advapi32", Advapi.class);
        PointerByReference token = new PointerByReference();
        if (!advapi.OpenProcessToken(kernel.GetCurrentProcess(), TOKEN_QUERY, token)) {
            return false;
        }
        try {
            IntByReference elevated = new IntByReference();
            return advapi.GetTokenInformation(token.getValue(), TOKEN_ELEVATION, elevated, NUMBER, new IntByReference())
                    && elevated.getValue() != 0;
        } finally {
            kernel.CloseHandle(token.getValue());
        }
    }

    /// The build, 20348 for Server 2022, for example; 0 when the system does not tell.
    public static int build() {
        try (Memory info = new Memory(VERSION_INFO)) {
            info.clear();
            info.setInt(0, VERSION_INFO);
            return Native.load("ntdll", Nt.class).RtlGetVersion(info) == 0 ? info.getInt(BUILD) : 0;
        }
    }

    /// What to do about it.
    public static String remedy() {
        return "capturing needs an administrator's rights: open PowerShell with \"Run as administrator\", or run in a"
                + " HostProcess container as NT AUTHORITY\\SYSTEM with hostNetwork (hopline capture script makes one)";
    }
}
