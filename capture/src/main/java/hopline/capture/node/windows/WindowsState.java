package hopline.capture.node.windows;

import hopline.capture.node.process.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What tells how a Windows node was programmed to treat packets: all that `collectlogs.ps1` gathers and an analysis
/// can use, under the names it gives. Nothing is downloaded. Command lines of processes and environments are not
/// among it, nor what only a test changes: `reservedports.txt` reserves ports to see how many are left.
public final class WindowsState {

    /// The listing that tells which ports VFP has.
    public static final String PORTS = "ports.txt";

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Pattern PORT =
            Pattern.compile("(?im)^\\s*Port name\\s*:\\s*([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\\s*$");
    private static final int MAX_PORTS = 500;
    private static final String UTF8 = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; ";

    /// Logs in which the parts of container networking write of themselves.
    private static final List<String> LOGS = List.of(
            "Microsoft-Windows-Host-Network-Service-Admin",
            "Microsoft-Windows-Host-Network-Service-Operational",
            "Microsoft-Windows-Hyper-V-VmSwitch-Operational",
            "Microsoft-Windows-Hyper-V-Compute-Admin");

    /// Programs whose logs tell what was programmed, and what failed.
    private static final List<String> WRITING_LOGS = List.of(
            "kubelet", "kubeproxy", "kube-proxy", "flanneld", "azure-vnet", "azure-cns", "calico-felix", "containerd");

    private WindowsState() {}

    /// The commands; one that is not there is told of and left out.
    public static List<Command> commands() {
        List<Command> commands = new ArrayList<>(List.of(
                powershell("network.txt", "Get-HnsNetwork | ConvertTo-Json -Depth 20"),
                powershell(
                        "networkdetailed.txt",
                        "Get-HnsNetwork | ForEach-Object { Get-HnsNetwork -Id $_.Id -Detailed } | ConvertTo-Json -Depth 20"),
                powershell("endpoint.txt", "Get-HnsEndpoint | ConvertTo-Json -Depth 20"),
                powershell("policy.txt", "Get-HnsPolicyList | ConvertTo-Json -Depth 20"),
                powershell("namespaces.txt", "Get-HnsNamespace | ConvertTo-Json -Depth 20"),
                Command.into("hnsdiag.txt", "hnsdiag", "list", "all", "-d").within(LONG),
                Command.into(PORTS, "vfpctrl", "/list-vmswitch-port").within(LONG),
                Command.into("vswitchForwarding.txt", "vfpctrl", "/get-switch-forwarding-settings"),
                Command.into("ip.txt", "ipconfig", "/allcompartments", "/all"),
                powershell("ipaddress.txt", "Get-NetIPAddress -IncludeAllCompartments | Format-List"),
                Command.into("routeprint.txt", "route", "print"),
                powershell(
                        "routes.txt",
                        "Get-NetRoute -IncludeAllCompartments | Format-Table -AutoSize | Out-String -Width 300"),
                Command.into("mtu.txt", "netsh", "interface", "ipv4", "show", "subinterfaces"),
                Command.into("interfaces.txt", "netsh", "interface", "ipv4", "show", "interfaces"),
                Command.into("arp.txt", "arp", "-a"),
                powershell(
                        "neighbour.txt",
                        "Get-NetNeighbor -IncludeAllCompartments | Format-Table -AutoSize | Out-String -Width 300"),
                powershell("netadapter.txt", "Get-NetAdapter -IncludeHidden | Format-List"),
                powershell(
                        "netadapterbinding.txt",
                        "Get-NetAdapterBinding -IncludeHidden -AllBindings | Format-Table -AutoSize | Out-String -Width 300"),
                Command.into("excludedportrange.txt", "netsh", "interface", "ipv4", "show", "excludedportrange", "tcp"),
                Command.into("dynamicportrange.txt", "netsh", "interface", "ipv4", "show", "dynamicportrange", "tcp"),
                powershell(
                        "tcpconnections.txt", "Get-NetTCPConnection | Format-Table -AutoSize | Out-String -Width 300"),
                Command.into("firewall.txt", "netsh", "advfirewall", "firewall", "show", "rule", "name=all")
                        .within(LONG),
                wfp("netevents"),
                wfp("state"),
                wfp("filters"),
                Command.into("hcsdiag.txt", "hcsdiag", "list"),
                Command.into("crictl-pods.txt", "crictl", "pods"),
                Command.into("scqueryex.txt", "sc.exe", "queryex"),
                Command.into("nmbind.txt", "nmbind"),
                powershell("windowsServices.txt", "Get-Service | Format-Table -AutoSize | Out-String -Width 300"),
                powershell("processes.txt", "Get-Process | Format-Table -AutoSize | Out-String -Width 200"),
                Command.into("winver.txt", "cmd", "/c", "ver"),
                powershell("hotfixes.txt", "Get-HotFix | Format-Table HotFixID, InstalledOn -AutoSize"),
                Command.into("clock.txt", "w32tm", "/query", "/status"),
                Command.into("tzutil.txt", "tzutil", "/g")));
        commands.add(events("systemevents.txt", "@{LogName='System'; Level=1,2,3}"));
        for (String log : LOGS) {
            String name = log.substring(log.indexOf("Windows-") + "Windows-".length());
            commands.add(events("winevt/" + name + ".txt", "@{LogName='" + log + "'}"));
        }
        for (String program : WRITING_LOGS) {
            commands.add(newestLog(program));
        }
        return commands;
    }

    /// What the filtering platform dropped, and by which filters: it writes XML, here to where all programs write.
    private static Command wfp(String what) {
        return Command.into("wfp/" + what + ".xml", "netsh", "wfp", "show", what, "file=-")
                .within(LONG);
    }

    private static Command events(String output, String filter) {
        return powershell(
                output,
                "Get-WinEvent -FilterHashtable " + filter + " -MaxEvents 500 | Format-List"
                        + " TimeCreated, ProviderName, Id, LevelDisplayName, Message");
    }

    /// The end of the newest log of `program`, wherever installers put those, without the lines in which it tells the
    /// flags and environment it was started with.
    private static Command newestLog(String program) {
        return powershell(
                "logs/" + program + ".log",
                "Get-ChildItem -Path C:\\k, C:\\k\\logs, C:\\var\\log, C:\\var\\log\\kubelet, C:\\CalicoWindows\\logs"
                        + " -Filter '*" + program + "*.log' -File -ErrorAction SilentlyContinue"
                        + " | Sort-Object LastWriteTime -Descending | Select-Object -First 1"
                        + " | ForEach-Object { Get-Content -LiteralPath $_.FullName -Tail 5000 }"
                        + " | Where-Object { $_ -notmatch 'FLAG: |CNI_ARGS|Command line' }");
    }

    static Command powershell(String output, String script) {
        return Command.into(output, "powershell", "-NoProfile", "-NonInteractive", "-Command", UTF8 + script)
                .within(LONG);
    }

    /// What is asked of each port that `listing`, the text of [#PORTS], names.
    public static List<Command> ofPorts(String listing) {
        Set<String> ports = new LinkedHashSet<>();
        for (Matcher matcher = PORT.matcher(listing); matcher.find() && ports.size() < MAX_PORTS; ) {
            ports.add(matcher.group(1));
        }
        List<Command> commands = new ArrayList<>();
        for (String port : ports) {
            for (String question : List.of(
                    "/list-space",
                    "/list-mapping",
                    "/get-rule-counter",
                    "/get-port-state",
                    "/list-nat-range",
                    "/get-flow-stats",
                    "/get-port-counter")) {
                commands.add(Command.into(
                        "vfp/" + port + question.replace('/', '-') + ".txt", "vfpctrl", "/port", port, question));
            }
        }
        return commands;
    }
}
