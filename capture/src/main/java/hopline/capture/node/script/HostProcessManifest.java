package hopline.capture.node.script;

import hopline.capture.node.RefusedException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A script as pods that run it on chosen nodes with the host's rights, and the `kubectl` lines that go
/// with them.
///
/// HostProcess containers are stable since Kubernetes 1.26 and need containerd 1.6 on the node.
public final class HostProcessManifest {

    private static final String IMAGE =
            "mcr.microsoft.com/oss/kubernetes/windows-host-process-containers-base-image:v1.0.0";
    private static final Pattern NODE = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?");
    private static final String NAMESPACE = "kube-system";

    private HostProcessManifest() {}

    /// The manifest, with comments that say how to use it.
    ///
    /// @param script as [PowerShellScript] made it
    /// @param nodes where it is to run
    /// @throws RefusedException when no node is named, or one that Kubernetes would not know
    public static String of(String script, List<String> nodes) throws RefusedException {
        if (nodes.isEmpty()) {
            throw new RefusedException("name the nodes to capture on: --nodes win-a,win-b");
        }
        for (String node : nodes) {
            if (!NODE.matcher(node).matches()) {
                throw new RefusedException("not the name of a node: " + node);
            }
        }
        return head(nodes)
                + configuration(script)
                + nodes.stream().map(HostProcessManifest::pod).collect(Collectors.joining());
    }

    private static String head(List<String> nodes) {
        StringBuilder head = new StringBuilder(
                """
                # Captures on Windows nodes with HostProcess containers, and keeps the bundles there until they are fetched.
                #
                #   kubectl apply -f capture.yaml
                """);
        for (String node : nodes) {
            head.append("#   kubectl --namespace %s logs --follow %s       until it says: bundle\n"
                    .formatted(NAMESPACE, name(node)));
        }
        head.append("#\n# To end it before its time, which makes the bundle as well:\n");
        for (String node : nodes) {
            head.append(("#   kubectl --namespace %s exec %s -- powershell -NoProfile -ExecutionPolicy Bypass"
                            + " -File C:/hopline-capture/capture.ps1 -Node %s -Stop\n")
                    .formatted(NAMESPACE, name(node), node));
        }
        head.append("#\n# To fetch the bundles and take everything away again:\n");
        for (String node : nodes) {
            head.append("#   kubectl --namespace %s cp %s:/hopline-capture/%s.zip %s.zip\n"
                    .formatted(NAMESPACE, name(node), node, node));
        }
        for (String node : nodes) {
            head.append(("#   kubectl --namespace %s exec %s -- powershell -NoProfile"
                            + " -Command Remove-Item -Recurse -Force C:/hopline-capture\n")
                    .formatted(NAMESPACE, name(node)));
        }
        return head.append("#   kubectl delete -f capture.yaml\n#   hopline analyze ")
                .append(nodes.stream().map(node -> node + ".zip").collect(Collectors.joining(" ")))
                .append('\n')
                .toString();
    }

    private static String name(String node) {
        return "hopline-capture-" + node;
    }

    private static String configuration(String script) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: hopline-capture
                  namespace: %s
                data:
                  capture.ps1: |
                %s"""
                .formatted(
                        NAMESPACE,
                        script.lines()
                                .map(line -> "    " + line)
                                .map(String::stripTrailing)
                                .collect(Collectors.joining("\n", "", "\n")));
    }

    private static String pod(String node) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  nodeName: %s
                  hostNetwork: true
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 600
                  automountServiceAccountToken: false
                  tolerations:
                    - operator: Exists
                  securityContext:
                    windowsOptions:
                      hostProcess: true
                      runAsUserName: "NT AUTHORITY\\\\SYSTEM"
                  containers:
                    - name: capture
                      image: %s
                      command:
                        - powershell.exe
                        - -NoProfile
                        - -ExecutionPolicy
                        - Bypass
                        - -Command
                        - >-
                          New-Item -ItemType Directory -Force C:\\hopline-capture | Out-Null;
                          Copy-Item "$env:CONTAINER_SANDBOX_MOUNT_POINT/hopline/capture.ps1" C:\\hopline-capture\\capture.ps1;
                          & C:\\hopline-capture\\capture.ps1 -Node %s -Linger;
                          exit $LASTEXITCODE
                      lifecycle:
                        preStop:
                          exec:
                            command:
                              - powershell.exe
                              - -NoProfile
                              - -ExecutionPolicy
                              - Bypass
                              - -File
                              - C:\\hopline-capture\\capture.ps1
                              - -Node
                              - %s
                              - -Stop
                      volumeMounts:
                        - name: script
                          mountPath: /hopline
                  volumes:
                    - name: script
                      configMap:
                        name: hopline-capture
                """
                .formatted(name(node), NAMESPACE, node, IMAGE, node, node);
    }
}
