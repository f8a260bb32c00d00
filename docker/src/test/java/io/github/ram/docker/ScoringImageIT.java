package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static io.github.ram.helm.Command.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The image that scores pictures in bulk. */
@NeedsImages
class ScoringImageIT {

    @Test
    void scoresPicturesAndReadsItsParquetAgain() {
        String table = shell("ram-scoring --input /app/seven.png --output scores"
                + " && ram-scoring --input scores --image path --keys path,label --partitions 2 --format csv --output table"
                + " && cat table/*.csv");

        assertThat(table).contains("\nfile:/app/seven.png,7,7,7,");
    }

    @Test
    void saysWhatItIs() {
        String config = docker(
                "inspect",
                "--format={{.Config.User}} {{json .Config.Labels}}",
                Images.scoring().asCanonicalNameString());

        assertThat(config)
                .startsWith("10001:10001 ")
                .contains("\"org.opencontainers.image.title\":\"ram-scoring\"")
                .contains("\"org.opencontainers.image.licenses\":\"Apache-2.0\"")
                .contains("\"org.opencontainers.image.revision\":\"test\"")
                .contains("\"org.opencontainers.image.version\":", "\"org.opencontainers.image.description\":");
    }

    @Test
    void runsAsAUserWithoutRights() {
        assertThat(shell("id")).startsWith("uid=10001(ram) gid=10001 ");
        assertThat(shell("grep CapEff /proc/self/status")).contains("0000000000000000");
        assertThat(shell("touch /app/file 2>&1 || true")).contains("Read-only file system");
    }

    @Test
    void holdsTheLicencesOfWhatItIsMadeOf() {
        assertThat(shell("head -n 2 /app/LICENSE")).contains("Apache License");
        assertThat(shell("cat /app/THIRD-PARTY.txt")).contains("(Apache-2.0)", ":spark-sql_2.13:");
        assertThat(shell("cat /app/application.cdx.json")).contains("\"CycloneDX\"", "\"spark-sql_2.13\"");
        assertThat(shell(Images.UNLICENSED)).isEmpty();
    }

    /** Returns what a script prints in the image, with only /tmp and /runs writable. */
    private static String shell(String script) {
        List<String> words = List.of("run", "--rm", "--read-only", "--cap-drop=ALL", "--entrypoint=bash");
        return docker(with(words, Images.scoring().asCanonicalNameString(), "-euc", script)
                .toArray(String[]::new));
    }
}
