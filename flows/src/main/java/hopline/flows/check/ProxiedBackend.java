package hopline.flows.check;

import hopline.decode.Endpoint;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import java.util.List;

/// One address and port that the rules of a Linux node translate a service to.
///
/// @param ports those of the service that it may be for
record ProxiedBackend(Service service, List<ServicePort> ports, Endpoint at, Source source) {}
