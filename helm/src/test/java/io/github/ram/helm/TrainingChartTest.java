package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The training chart. */
class TrainingChartTest {

    private static final Chart CHART = Chart.named("ram-training");

    @TempDir
    Path directory;

    private static final Map<String, String> VARIANTS = Map.of(
            "defaults", "{}",
            "claims", "{data: {claim: datasets}, runs: {claim: shared}}",
            "download", "data: {download: true}",
            "sweep", "{sweep: {seeds: 3, parallelism: 3}, runs: {claim: shared}}",
            "image", "image: {digest: 'sha256:%s', pullSecrets: [a]}".formatted("0".repeat(64)),
            "placement",
                    "{nodeSelector: {pool: gpus}, priorityClassName: low, tolerations: [{key: k, operator: Exists}],"
                            + " affinity: {podAffinity: {}}, podLabels: {a: b}, podAnnotations: {c: d}}",
            "bare", "{networkPolicy: {enabled: false}, ttlSecondsAfterFinished: null, retries: 0}");

    private static final String SCORING = "{scoring: true, arguments: [--input, /data/a], data: {claim: pictures}}";

    private static Stream<Arguments> everySetAndVariant() {
        Stream<Arguments> sets = CHART.sets().stream().map(set -> Arguments.of(set, "defaults"));
        Stream<Arguments> variants = VARIANTS.keySet().stream()
                .sorted()
                .flatMap(variant -> Stream.of(Arguments.of(null, variant), Arguments.of("gpu", variant)));
        return Stream.concat(sets, variants);
    }

    @Test
    void lintsWithoutAWarning() {
        LintResult lint = new Helm(CHART.folder()).lint().strict().call();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARN") || message.contains("ERROR"));
    }

    @ParameterizedTest
    @MethodSource("everySetAndVariant")
    void manifestsFitTheirSchemasAndThePolicies(String set, String variant) {
        Manifests manifests = CHART.render(set, VARIANTS.get(variant));
        Job job = manifests.only(Job.class);

        Policies.check(manifests);
        manifests
                .find(NetworkPolicy.class)
                .ifPresent(policy -> assertThat(
                                job.getSpec().getTemplate().getMetadata().getLabels())
                        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels()));
    }

    @Test
    void evictionIsNoFailureButWrongOptionsAre() {
        JobSpec job = CHART.render("{}").only(Job.class).getSpec();

        assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(job.getPodReplacementPolicy()).isEqualTo("Failed");
        assertThat(job.getPodFailurePolicy().getRules())
                .satisfiesExactly(
                        wrong -> {
                            assertThat(wrong.getAction()).isEqualTo("FailJob");
                            assertThat(wrong.getOnExitCodes().getContainerName())
                                    .isEqualTo("train");
                            assertThat(wrong.getOnExitCodes().getValues()).containsExactly(2);
                        },
                        evicted -> {
                            assertThat(evicted.getAction()).isEqualTo("Ignore");
                            assertThat(evicted.getOnPodConditions().get(0).getType())
                                    .isEqualTo("DisruptionTarget");
                        });
    }

    @Test
    void anotherChartVersionLeavesTheJobAsItIs() throws IOException {
        Job job = CHART.render("{}").only(Job.class);
        Chart newer = CHART.withHooksAndNotes(directory);
        Path about = newer.folder().resolve("Chart.yaml");
        Files.writeString(about, Files.readString(about).replace("\nversion: 0.1.0", "\nversion: 0.2.0"));

        Job upgraded = newer.render("{}").only(Job.class);

        assertThat(upgraded.getMetadata().getLabels()).containsEntry("helm.sh/chart", "ram-training-0.2.0");
        assertThat(upgraded.getMetadata().getName()).isEqualTo(job.getMetadata().getName());
        assertThat(upgraded.getSpec()).isEqualTo(job.getSpec());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image: {tag: '2'}", "resources: {limits: {cpu: 3}}", "sweep: {seeds: 2}", "retries: 5"})
    void valuesThatKubernetesCannotChangeInAJobMakeAnotherJob(String values) {
        assertThat(CHART.render(values).only(Job.class).getMetadata().getName())
                .startsWith("ram-ram-training-")
                .isNotEqualTo(CHART.render("{}").only(Job.class).getMetadata().getName());
    }

    @Test
    void nameOfTheJobLeavesRoomForTheNumberOfARun() {
        String name = CHART.render("a".repeat(53), null, "{}")
                .only(Job.class)
                .getMetadata()
                .getName();

        assertThat(name + "-999").hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void singleRunIsAPlainJob() {
        JobSpec job = CHART.render("{}").only(Job.class).getSpec();

        assertThat(job.getCompletionMode()).isNull();
        assertThat(job.getBackoffLimit()).isEqualTo(3);
        assertThat(container(job).getEnv())
                .extracting(variable -> variable.getName())
                .containsExactly("RUN");
    }

    @Test
    void sweepIsAnIndexedJobThatCountsTheFailuresOfEachRun() {
        JobSpec job = CHART.render("sweep", "{}").only(Job.class).getSpec();

        assertThat(job.getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getCompletions()).isEqualTo(5);
        assertThat(job.getParallelism()).isEqualTo(2);
        assertThat(job.getBackoffLimit()).isNull();
        assertThat(job.getBackoffLimitPerIndex()).isEqualTo(3);
        assertThat(container(job).getEnv())
                .filteredOn(variable -> variable.getName().equals("INDEX"))
                .singleElement()
                .satisfies(
                        index -> assertThat(index.getValueFrom().getFieldRef().getFieldPath())
                                .isEqualTo("metadata.annotations['batch.kubernetes.io/job-completion-index']"));
    }

    @Test
    void scoreIsAJobOfTheSameKind() {
        Manifests manifests = CHART.render(SCORING);
        JobSpec job = manifests.only(Job.class).getSpec();

        Policies.check(manifests);
        assertThat(container(job).getName()).isEqualTo("score");
        assertThat(job.getPodFailurePolicy().getRules().get(0).getOnExitCodes().getContainerName())
                .isEqualTo("score");
        assertThat(manifests.only(NetworkPolicy.class).getSpec().getEgress()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "resources: {limits: {cpu: 3}}       | true",
                "retries: 5                          | true",
                "image: {tag: '2'}                   | false",
                "arguments: [--input, /data/b]       | false",
                "arguments: [--input, /data, /a]     | false",
            })
    void onlyWhatChangesTheScoresChangesTheirFolder(String values, boolean same) {
        String folder = folder("{}");

        assertThat(folder).matches("/runs/ram/[0-9a-f]{8}");
        assertThat(folder(values).equals(folder)).isEqualTo(same);
    }

    private static String folder(String values) {
        return container(CHART.render("ram", "scoring", values).only(Job.class).getSpec())
                .getEnv()
                .get(0)
                .getValue();
    }

    @Test
    void valuesSayHowMuchAPodWritesToItsTemporaryFolder() {
        assertThat(pod(CHART.render("tmpSize: 3Gi")).getVolumes())
                .filteredOn(volume -> volume.getName().equals("tmp"))
                .singleElement()
                .satisfies(volume ->
                        assertThat(volume.getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("3Gi")));
    }

    @Test
    void volumeOfTheRunsStaysAfterAnUninstall() {
        Manifests manifests = CHART.render("runs: {size: 7Gi, storageClassName: fast}");
        PersistentVolumeClaim claim = manifests.only(PersistentVolumeClaim.class);

        assertThat(claim.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("7Gi"));
        assertThat(pod(manifests).getVolumes())
                .filteredOn(volume -> volume.getName().equals("runs"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName())
                                .isEqualTo(claim.getMetadata().getName()));
    }

    @Test
    void givenVolumesAreUsedAndTheDataIsReadOnly() {
        Manifests manifests = CHART.render("{data: {claim: datasets}, runs: {claim: shared}}");

        assertThat(manifests.list(PersistentVolumeClaim.class)).isEmpty();
        assertThat(pod(manifests).getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .containsExactly("shared", "datasets");
        assertThat(pod(manifests).getContainers().get(0).getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().equals("/data"))
                .singleElement()
                .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
    }

    @Test
    void onlyADownloadConnectsToOtherHosts() {
        assertThat(CHART.render("{}").only(NetworkPolicy.class).getSpec().getEgress())
                .isEmpty();
        assertThat(CHART.render("mnist", "{}")
                        .only(NetworkPolicy.class)
                        .getSpec()
                        .getEgress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(53, 53, 443, 80);
    }

    @Test
    void namesThatLookLikeNumbersAreStringsAndLargeNumbersAreWrittenOut() {
        Manifests manifests = CHART.render(
                "123",
                null,
                "{image: {repository: '12', tag: '30', pullSecrets: ['1']}, priorityClassName: '2',"
                        + " data: {claim: '3'}, runs: {storageClassName: '4', size: 5},"
                        + " gpu: {enabled: true, runtimeClassName: '6'}, ttlSecondsAfterFinished: 2592000}");
        Job job = manifests.only(Job.class);

        assertThat(job.getMetadata().getLabels()).containsEntry("app.kubernetes.io/instance", "123");
        assertThat(container(job.getSpec()).getImage()).isEqualTo("12:30");
        assertThat(container(job.getSpec()).getEnv().get(0).getValue()).isEqualTo("123");
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(2592000);
        assertThat(CHART.render("123", null, "runs: {claim: '7'}")
                        .pod(Job.class)
                        .getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .containsExactly("7");
    }

    private static PodSpec pod(Manifests manifests) {
        return manifests.pod(Job.class);
    }

    private static Container container(JobSpec job) {
        return job.getTemplate().getSpec().getContainers().get(0);
    }
}
