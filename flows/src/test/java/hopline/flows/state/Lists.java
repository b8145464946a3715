package hopline.flows.state;

import hopline.decode.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Lists written by hand, and what the reader makes of them.
final class Lists {

    private Lists() {}

    static ClusterFile read(byte[] content) throws IOException {
        return read("list.json", content);
    }

    static ClusterFile read(String name, byte[] content) throws IOException {
        return new ClusterReader().read(name, new ByteArrayInputStream(content));
    }

    static ClusterFile read(String json) throws IOException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Of lists that do not say when they were collected.
    static Cluster cluster(String... lists) throws IOException {
        List<ClusterFile> files = new ArrayList<>();
        for (String list : lists) {
            files.add(read(list));
        }
        return Cluster.of(files);
    }

    /// A `v1` list of `items`, which are JSON objects separated by commas.
    static String list(String items) {
        return "{\"apiVersion\": \"v1\", \"items\": [" + items + "], \"kind\": \"List\"}";
    }

    /// A list that says when it was collected.
    static String listAt(String time, String items) {
        return "{\"apiVersion\": \"v1\", \"items\": [" + items + "], \"kind\": \"List\","
                + " \"metadata\": {\"annotations\": {\"hopline/collected-at\": \"" + time + "\"}}}";
    }

    static Address ip(String text) {
        return Address.of(text);
    }

    /// A moment on the day all these lists are about, as `10:22:05`.
    static long at(String time) {
        return Instant.parse("2026-03-01T" + time + "Z").toEpochMilli() * 1_000_000;
    }

    /// A pod of the namespace `app`.
    static String running(String name, String uid, String address, String start) {
        return """
                {"kind": "Pod", "metadata": {"name": "%s", "namespace": "app", "uid": "%s"},
                 "status": {"phase": "Running", "podIP": "%s", "startTime": "2026-03-01T%sZ"}}"""
                .formatted(name, uid, address, start);
    }

    /// A pod of the namespace `app` that has completed.
    static String finished(String name, String uid, String address, String start, String end) {
        return """
                {"kind": "Pod", "metadata": {"name": "%s", "namespace": "app", "uid": "%s"},
                 "status": {"phase": "Succeeded", "podIP": "%s", "startTime": "2026-03-01T%sZ",
                     "containerStatuses": [{"state": {"terminated": {"finishedAt": "2026-03-01T%sZ"}}}]}}"""
                .formatted(name, uid, address, start, end);
    }

    /// A service of the namespace `app` with the port `http`, 80.
    static String service(String name, String clusterIp) {
        return """
                {"kind": "Service", "metadata": {"name": "%s", "namespace": "app"},
                 "spec": {"clusterIP": "%s", "ports": [{"name": "http", "port": 80}]}}"""
                .formatted(name, clusterIp);
    }

    /// Endpoints of the service `app/web`.
    static String slice(String name, String ports, String endpoints) {
        return """
                {"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
                 "metadata": {"name": "%s", "namespace": "app", "labels": {"kubernetes.io/service-name": "web"}},
                 "ports": [%s], "endpoints": [%s]}"""
                .formatted(name, ports, endpoints);
    }

    /// An endpoint of a slice.
    static String endpoint(String address, String conditions) {
        return "{\"addresses\": [\"%s\"], \"conditions\": {%s}}".formatted(address, conditions);
    }

    /// `text` in UTF-8, compressed.
    static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    /// `content`, compressed.
    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
