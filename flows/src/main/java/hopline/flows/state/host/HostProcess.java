package hopline.flows.state.host;

import hopline.flows.state.Source;

/// A process or a service.
///
/// @param name in lower case, without `.exe`
/// @param commandLine empty when not listed
/// @param isService it was listed as a service
/// @param isRunning false for a service that is stopped
public record HostProcess(String name, String commandLine, boolean isService, boolean isRunning, Source source) {}
