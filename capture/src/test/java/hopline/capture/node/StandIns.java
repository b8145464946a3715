package hopline.capture.node;

import hopline.capture.node.process.Command;
import hopline.capture.node.process.Programs;
import hopline.capture.node.process.Result;
import hopline.capture.node.process.SystemPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Programs of Windows as shell scripts that say what the real ones are documented or recorded to say. Every other
/// program is missing, as on a node where nothing was installed. What they were called with is kept.
final class StandIns implements Programs {

    private final Path folder;
    private final List<List<String>> calls = new ArrayList<>();

    /// None yet; they are put into `folder`, which is their memory as well.
    StandIns(Path folder) {
        this.folder = folder;
    }

    /// A script; `$0`'s folder is the current one, and `$*` are the arguments.
    StandIns with(String program, String script) throws IOException {
        Path file = folder.resolve(program);
        Files.writeString(file, "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    @Override
    public synchronized Result run(Command command, Path output) {
        Path program = folder.resolve(command.program());
        if (!Files.exists(program)) {
            return new Result(command, Result.NOT_RUN, "", Instant.EPOCH, Duration.ZERO, 0, false);
        }
        calls.add(command.words());
        List<String> words = new ArrayList<>(command.words());
        words.set(0, program.toString());
        Result result = new SystemPrograms()
                .run(new Command(words, command.output(), command.limit(), command.content()), output);
        return new Result(
                command,
                result.exitCode(),
                result.text(),
                result.started(),
                result.took(),
                result.removed(),
                result.cut());
    }

    /// The command lines so far, with `work` in place of the folder that the capture uses.
    synchronized List<String> calls(Path work) {
        return calls.stream()
                .map(words -> String.join(" ", words).replace(work.toString(), "work"))
                .toList();
    }

    /// Packet Monitor as Windows Server 2022 has it; `english` chooses the language of its texts.
    static String pktmon(boolean english) {
        String idle = english ? "Packet Monitor is not running." : "Der Paketmonitor wird nicht ausgeführt.";
        String none = english ? "Packet Filters:\\n    None\\n" : "Paketfilter:\\n    Keine\\n";
        return """
                case "$1 $2" in
                    "status "*)
                        if [ -f running ]; then
                            printf 'Collected data:\\n    Packet capture\\n\\nLogger Parameters:\\n'
                            printf '    Logger name:        PktMon\\n    Logging mode:       Circular\\n'
                            printf '    Output file:        %%s\\n' "$(cat running)"
                        else
                            echo '%s'
                        fi ;;
                    "filter list")
                        if [ -s filters ]; then
                            printf 'Packet Filters:\\n     # Name    Protocol Port\\n'
                            n=0
                            while read -r name rest; do n=$((n + 1)); echo "     $n $name   $rest"; done <filters
                        else
                            printf '%s'
                        fi ;;
                    "filter add") shift 2; echo "$*" >>filters; echo 'Filter added.' ;;
                    "filter remove") rm -f filters; echo 'Removed all filters.' ;;
                    "start "*)
                        [ -f refuses ] && { cat refuses; exit 1; }
                        [ -f running ] && { echo 'Packet Monitor is already running.'; exit 1; }
                        while [ $# -gt 0 ]; do
                            case $1 in --file-name | -f) echo "$2" >running; echo trace >"$2" ;; esac
                            shift
                        done
                        echo 'Active measurement started.' ;;
                    "stop "*) [ -f slow ] && sleep 1; rm -f running; echo 'Flushing logs...'; echo 'Merging metadata...' ;;
                    "list "*) echo '[{"Group":"a","Components":[{"Id":9,"Name":"nic","Type":"Miniport"}]}]' ;;
                    "counters "*) echo '[{"Group":"a","Components":[{"Name":"nic","Counters":[{"Name":"Lower","Inbound":{"Packets":'$(cat drops 2>/dev/null || echo 0)'}}]}]}]' ;;
                    "comp "*) echo 'components' ;;
                esac
                """
                .formatted(idle, none);
    }

    /// The sessions of event tracing, of which Packet Monitor's is one while it captures.
    static String logman() {
        return """
                [ -f running ] && { printf 'Name:   PktMon\\nOutput Location: %s\\n' "$(cat running)"; exit 0; }
                echo 'Error: Data Collector Set was not found.'
                exit 1
                """;
    }

    /// `netsh trace` with the texts that were recorded on a node.
    static String netsh() {
        return """
                [ "$1" = trace ] || { echo ok; exit 0; }
                case "$2" in
                    show)
                        [ -f tracing ] || { echo 'There is no trace session currently in progress.'; exit 1; }
                        printf 'Trace configuration:\\n------\\nStatus:             Running\\n'
                        printf 'Trace File:         %s\\n' "$(cat tracing)" ;;
                    start)
                        [ -f refuses ] && { cat refuses; exit 1; }
                        [ -f tracing ] && { echo 'A tracing session is already in progress.'; exit 1; }
                        for word in "$@"; do
                            case $word in traceFile=*) echo "${word#traceFile=}" >tracing; echo t >"${word#traceFile=}" ;; esac
                        done
                        printf 'Trace configuration:\\n------\\nStatus:             Running\\n' ;;
                    stop)
                        [ -f tracing ] || { echo 'There is no trace session currently in progress.'; exit 1; }
                        [ -f slow ] && sleep 1
                        rm -f tracing
                        echo 'Merging traces ... done'
                        echo 'Tracing session was successfully stopped.' ;;
                esac
                """;
    }
}
