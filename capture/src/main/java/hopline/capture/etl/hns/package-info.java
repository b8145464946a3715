/// The Host Networking Service: networks, endpoints, load balancers and policies.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.hns;
