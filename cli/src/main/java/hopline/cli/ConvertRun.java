package hopline.cli;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Compression;
import hopline.capture.LinkType;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionReport;
import hopline.capture.convert.ConversionSource;
import hopline.capture.convert.MixedLinkTypesException;
import hopline.flows.analysis.CaptureInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// One run of `convert`; inputs are opened anew for each file that is written.
///
/// @param isChoice whether only some of the records are wanted, of which there may be none
record ConvertRun(List<CaptureInput> inputs, CaptureFormat format, boolean isChoice, Console console) {

    /// Writes a file for each link type, of which none may be one of `read`.
    int split(String out, InputFiles read) throws IOException, UsageException {
        Set<Integer> linkTypes = new TreeSet<>();
        for (CaptureInput input : inputs) {
            linkTypes.addAll(linkTypes(input));
        }
        int worst = linkTypes.isEmpty() ? whole(out, OptionalInt.empty()) : ExitCode.CLEAN;
        for (int linkType : linkTypes) {
            String name = LinkType.name(linkType).toLowerCase(Locale.ROOT).replace(' ', '-');
            int dot = ConvertVerb.endingAt(out);
            String file = out.substring(0, dot) + "." + name + out.substring(dot);
            read.refuseAsOutput(file);
            worst = Math.max(worst, whole(file, OptionalInt.of(linkType)));
        }
        return worst;
    }

    /// None when the input cannot be opened, which will be told when it is converted.
    private Set<Integer> linkTypes(CaptureInput input) {
        try (CaptureReader reader = input.opener().open()) {
            return Conversion.linkTypes(reader);
        } catch (IOException e) {
            return Set.of();
        }
    }

    /// Writes one file; `onlyLinkType` leaves out all other records.
    int whole(String out, OptionalInt onlyLinkType) throws IOException, UsageException {
        List<ConversionSource> sources = new ArrayList<>();
        boolean unopened = false;
        try {
            for (CaptureInput input : inputs) {
                unopened |= !open(input, sources);
            }
            if (sources.isEmpty()) {
                return ExitCode.UNREADABLE;
            }
            ConversionReport report = write(out, sources, onlyLinkType);
            report.problems().forEach((input, problem) -> console.complain(input + ": " + problem));
            for (ConversionSource source : sources) {
                source.reader().trace().ifPresent(trace -> trace.remarks()
                        .forEach(remark -> console.complain(source.name() + ": " + remark)));
            }
            report.remarks().forEach(remark -> console.complain(out + ": " + remark));
            if (isChoice && report.records() == 0) {
                console.complain(out + ": it holds no packet, because none is what was asked for");
            }
            return unopened || !report.problems().isEmpty() ? ExitCode.UNREADABLE : ExitCode.CLEAN;
        } catch (MixedLinkTypesException e) {
            throw new UsageException(e.getMessage() + ": --split makes one file each, --to pcapng holds all");
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return ExitCode.ENVIRONMENT;
        } finally {
            for (ConversionSource source : sources) {
                source.reader().close();
            }
        }
    }

    private boolean open(CaptureInput input, List<ConversionSource> sources) {
        try {
            boolean pipe = input.name().equals("-");
            sources.add(new ConversionSource(
                    input.name(),
                    pipe ? "" : input.baseName(),
                    pipe ? "" : input.fileNode(),
                    pipe ? Optional.empty() : input.node(),
                    input.opener().open()));
            return true;
        } catch (IOException e) {
            console.complain(input.name() + ": " + InputFinder.reason(e));
            return false;
        }
    }

    private ConversionReport write(String out, List<ConversionSource> sources, OptionalInt onlyLinkType)
            throws IOException {
        ProgressLine progress = new ProgressLine(console);
        try {
            if (out.equals(ConvertVerb.STANDARD_OUTPUT)) {
                return Conversion.run(
                        sources,
                        format,
                        new PrintedOctets(console.out()),
                        onlyLinkType,
                        records -> progress.at("converting", records));
            }
            try (OutputFile file = OutputFile.create(Path.of(out))) {
                OutputStream stream = Compression.wrap(file.stream(), out);
                ConversionReport report = Conversion.run(
                        sources, format, stream, onlyLinkType, records -> progress.at("converting", records));
                file.complete();
                return report;
            }
        } finally {
            progress.clear();
        }
    }
}
