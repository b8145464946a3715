package hopline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/// Scripts that complete command lines. All they know comes from the verbs: their options, and the values of those
/// whose argument is a choice, such as `auto|always|never`. Whatever else is typed are files, which shells complete
/// by themselves.
final class Completion {

    private static final List<String> GENERAL = List.of("--help", "--version");

    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, List<String>> operands = new LinkedHashMap<>();

    private Completion(List<Verb> verbs) {
        for (Verb verb : verbs) {
            List<String> words = new ArrayList<>();
            for (Option option : Help.withCommon(verb.options()).getOptions()) {
                words.addAll(words(option));
                List<String> choices = choices(option);
                words(option).forEach(word -> {
                    if (!choices.isEmpty()) {
                        values.put(verb.name() + " " + word, choices);
                    }
                });
            }
            options.put(verb.name(), words);
            if (!verb.operands().isEmpty()) {
                operands.put(verb.name(), verb.operands());
            }
        }
    }

    private static List<String> words(Option option) {
        String name = "--" + option.getLongOpt();
        return option.getOpt() == null ? List.of(name) : List.of("-" + option.getOpt(), name);
    }

    private static List<String> choices(Option option) {
        String argument = option.getArgName();
        return argument != null && argument.contains("|") ? List.of(argument.split("\\|")) : List.of();
    }

    private List<String> firstWords() {
        List<String> words = new ArrayList<>(options.keySet());
        words.addAll(GENERAL);
        return words;
    }

    /// For bash: a function that fills `COMPREPLY`.
    static String bash(List<Verb> verbs) {
        Completion completion = new Completion(verbs);
        return """
                # Completes command lines of hopline in bash. Made by: hopline completion bash
                _hopline() {
                    local verb=${COMP_WORDS[1]} typed=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=
                    if [ "$COMP_CWORD" -eq 1 ]; then
                        words='%s'
                    else
                        case "$verb $before" in
                %s            *)
                                case "$typed" in
                                    -*)
                                        case "$verb" in
                %s                        esac
                                        ;;
                                    *)
                                        case "$verb" in
                %s                        esac
                                        ;;
                                esac
                                ;;
                        esac
                    fi
                    COMPREPLY=($(compgen -W "$words" -- "$typed"))
                }
                complete -o default -F _hopline hopline
                """
                .formatted(
                        String.join(" ", completion.firstWords()),
                        bashCases(completion.values, 12),
                        bashCases(completion.options, 24),
                        bashCases(completion.operands, 24));
    }

    private static String bashCases(Map<String, List<String>> cases, int indent) {
        return cases.entrySet().stream()
                .map(entry -> " ".repeat(indent) + "'" + entry.getKey() + "') words='"
                        + String.join(" ", entry.getValue()) + "' ;;\n")
                .collect(Collectors.joining());
    }

    /// For PowerShell 5.1 and newer: an argument completer.
    static String powershell(List<Verb> verbs) {
        Completion completion = new Completion(verbs);
        return """
                # Completes command lines of hopline in PowerShell. Made by: hopline completion powershell
                Register-ArgumentCompleter -Native -CommandName @('hopline', 'hopline.cmd') -ScriptBlock {
                    param($wordToComplete, $commandAst, $cursorPosition)
                    $verbs = %s
                    $values = @{
                %s    }
                    $options = @{
                %s    }
                    $operands = @{
                %s    }
                    $typed = [string]$wordToComplete
                    $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
                    if ($typed -ne '') {
                        $words = @($words | Select-Object -SkipLast 1)
                    }
                    if ($words.Count -lt 2) {
                        $found = $verbs
                    } else {
                        $verb = $words[1]
                        $found = $values["$verb $($words[-1])"]
                        if ($null -eq $found) {
                            if ($typed.StartsWith('-')) {
                                $found = $options[$verb]
                            } else {
                                $found = $operands[$verb]
                            }
                        }
                    }
                    $found | Where-Object { $_ -and $_.StartsWith($typed) } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                }
                """
                .formatted(
                        list(completion.firstWords()),
                        powershellEntries(completion.values),
                        powershellEntries(completion.options),
                        powershellEntries(completion.operands));
    }

    private static String powershellEntries(Map<String, List<String>> entries) {
        return entries.entrySet().stream()
                .map(entry -> "        '" + entry.getKey() + "' = " + list(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String list(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ", "@(", ")"));
    }
}
