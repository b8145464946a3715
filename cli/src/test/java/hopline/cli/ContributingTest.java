package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Guides rot where they name things that are gone.
class ContributingTest {

    private static final Pattern FILE = Pattern.compile("`((?:capture|decode|flows|cli|sample-captures)/[\\w./-]*)`");

    @Test
    void everyFileAndFolderItNamesExists() throws IOException {
        String guide = Files.readString(SampleCaptures.HOME.resolve("CONTRIBUTING.md"));
        List<Path> named = FILE.matcher(guide)
                .results()
                .map(hit -> SampleCaptures.HOME.resolve(hit.group(1)))
                .toList();

        assertThat(named).hasSizeGreaterThan(10).allSatisfy(path -> assertThat(path)
                .exists());
    }
}
