package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The charts reject wrong values with a message that names them. */
class RefusedValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{replica: 2}                                     | additional properties 'replica' not allowed",
                "{replicas: two}                                  | /replicas': got string, want integer",
                "{replicas: -1}                                   | /replicas': minimum: got -1, want 0",
                "{image: {pullPolicy: Sometimes}}                 | /image/pullPolicy': value must be one of 'Always',"
                        + " 'IfNotPresent', 'Never'",
                "{image: {digest: 'sha256:12'}}                   | /image/digest': 'sha256:12' does not match pattern",
                "{resources: {limits: {cpu: 1, memory: null}}}    | /resources/limits': missing property 'memory'",
                "{resources: {limits: {memory: 1GB}}}             | /resources/limits/memory': '1GB' does not match"
                        + " pattern",
                "{gpu: {enabled: 'yes'}}                          | /gpu/enabled': got string, want boolean",
                "{gpu: {count: 0}}                                | /gpu/count': minimum: got 0, want 1",
                "{gpu: {build: cuda13}}                           | /gpu/build': value must be one of 'cuda', 'cuda12'",
                "{gpu: {resource: gpu}}                           | /gpu/resource': 'gpu' does not match pattern",
                "{checkpoint: {source: s3}}                       | /checkpoint/source': value must be one of 'image',"
                        + " 'claim', 'download'",
                "{checkpoint: {source: claim}}                    | set checkpoint.claim.name to the"
                        + " PersistentVolumeClaim that holds the model",
                "{checkpoint: {source: download}}                 | set checkpoint.download.url and"
                        + " checkpoint.download.sha256",
                "{checkpoint: {download: {url: 'ftp://x'}}}       | /checkpoint/download/url': 'ftp://x' does not"
                        + " match pattern",
                "{checkpoint: {claim: {path: /a.ram}}}            | /checkpoint/claim/path': '/a.ram' does not match"
                        + " pattern",
                "{checkpoint: {claim: {path: a/../../b.ram}}}     | /checkpoint/claim/path': 'a/../../b.ram' does not"
                        + " match pattern",
                "{checkpoint: {claim: {path: 'run #2/best.ram'}}} | /checkpoint/claim/path': 'run #2/best.ram' does"
                        + " not match pattern",
                "{config: {ram: {checkpoint: /a.ram}}}            | config.ram.checkpoint: the chart sets it; set"
                        + " checkpoint.source",
                "{config: {ram: {shutdown-grace: 9s}}}            | config.ram.shutdown-grace: the chart sets it; set"
                        + " shutdown.graceSeconds",
                "{config: {ram: {grpc: {enabled: true}}}}         | config.ram.grpc: the chart sets it; set grpc.enabled",
                "{config: {ram: {api-key: a}}}                    | config.ram.api-key: a ConfigMap is not secret;"
                        + " set apiKey.secretName",
                "{config: {ram: {api-key-file: /a}}}              | config.ram.api-key-file: the chart sets it; set"
                        + " apiKey.secretName",
                "{config: {server: {port: 9090}}}                 | config.server.port: the chart's probes use port"
                        + " 8080; set service.port",
                "{config: {server.ssl: {bundle: web}}}            | config.server.ssl: the chart's probes use HTTP;"
                        + " end TLS at an ingress or a gateway",
                "{config: {management.server.port: 9}}            | config.management.server.port: the chart's"
                        + " metrics use port 8081",
                "{config: {ram: {queue: {capacity: 63}}}}         | config.ram.queue.capacity must be at least"
                        + " config.ram.limits.batch (64), the largest request, got 63",
                "{config: {ram: {limits: {batch: 9}, queue: {capacity: 8}}}} | config.ram.limits.batch (9), the largest"
                        + " request, got 8",
                "{config: {ram: {engine: fast}}}                  | /config/ram/engine': value must be one of 'auto',"
                        + " 'blas', 'onnxruntime', 'samediff'",
                "{config: {ram: {threads: 0}}}                    | /config/ram/threads': minimum: got 0, want 1",
                "{shutdown: {graceSeconds: 0}}                    | /shutdown/graceSeconds': minimum: got 0, want 1",
                "{shutdown: {drainSeconds: 0}}                    | /shutdown/drainSeconds': minimum: got 0, want 1",
                "{service: {port: 70000}}                         | /service/port': maximum: got 70,000, want 65,535",
                "{service: {type: ExternalName}}                  | /service/type': value must be one of 'ClusterIP',"
                        + " 'NodePort', 'LoadBalancer'",
                "{rollout: {maxSurge: 0, maxUnavailable: 0}}      | rollout.maxSurge and rollout.maxUnavailable are"
                        + " both 0, so no upgrade could replace a pod",
                "{rollout: {maxSurge: 0%, maxUnavailable: 0}}     | rollout.maxSurge and rollout.maxUnavailable are"
                        + " both 0, so no upgrade could replace a pod",
                "{autoscaling: {kind: vpa}}                       | /autoscaling/kind': value must be one of 'none',"
                        + " 'hpa', 'keda'",
                "{autoscaling: {kind: hpa, cpuUtilization: null}} | set autoscaling.cpuUtilization,"
                        + " autoscaling.queueDepth or both",
                "{autoscaling: {minReplicas: 20}}                 | autoscaling.minReplicas must be at most"
                        + " maxReplicas (10), got 20",
                "{ingress: {enabled: true}}                       | set ingress.host to the name of the service"
                        + " for its clients",
                "{httpRoute: {enabled: true}}                     | name at least one gateway in httpRoute.gateways",
                "{podDisruptionBudget: {maxUnavailable: 0}}       | /podDisruptionBudget/maxUnavailable': minimum: got"
                        + " 0, want 1",
                "{networkPolicy: {scrapers: [{namespace: x}]}}    | additional properties 'namespace' not allowed",
                "{monitoring: {serviceMonitor: {interval: 15}}}   | /monitoring/serviceMonitor/interval': got number,"
                        + " want string",
                "{topologySpread: {zone: Always}}                 | /topologySpread/zone': value must be one of"
                        + " 'ScheduleAnyway', 'DoNotSchedule'",
                "{gpu: {enabled: true}, affinity: {nodeAffinity: {}}} | use nodeSelector, or set"
                        + " gpu.checkCapability to false",
            })
    void serviceChartRejectsWrongValues(String values, String message) {
        rejects("ram-service", values, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{arguments: --epochs 3}                          | /arguments': got string, want array",
                "{arguments: [--epochs, 3]}                       | /arguments/1': got number, want string",
                "{arguments: [--out, here]}                       | arguments: the chart sets --out; leave it out",
                "{arguments: ['--data=there']}                    | arguments: the chart sets --data; leave it out",
                "{arguments: [--seed, '3'], sweep: {seeds: 2}}    | arguments: a sweep sets the --seed of each run;"
                        + " leave it out",
                "{arguments: [--seed=5], sweep: {seeds: 2}}       | arguments: a sweep sets the --seed of each run;"
                        + " leave it out",
                "{sweep: {seeds: 3, parallelism: 3}}              | sweep.parallelism: runs on several nodes need"
                        + " runs.accessMode ReadWriteMany, or a volume in runs.claim",
                "{sweep: {seeds: -1}}                             | /sweep/seeds': minimum: got -1, want 0",
                "{sweep: {parallelism: 0}}                        | /sweep/parallelism': minimum: got 0, want 1",
                "{data: {claim: a, download: true}}               | data.claim and data.download: choose one",
                "{runs: {accessMode: ReadOnlyMany}}               | /runs/accessMode': value must be one of"
                        + " 'ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'",
                "{runs: {size: 5GB}}                              | /runs/size': '5GB' does not match pattern",
                "{scoring: true, arguments: [--image, pixels]}    | arguments: name what to score, such as [--input,"
                        + " /data]",
                "{scoring: true, arguments: [--input=/a, --output=/b]} | arguments: the chart sets --output; leave it"
                        + " out",
                "{scoring: true, sweep: {seeds: 2}}               | scoring: a score has no sweep.seeds, no gpu.enabled"
                        + " and no data.download",
                "{tmpSize: 1GB}                                   | /tmpSize': '1GB' does not match pattern",
                "{retries: -1}                                    | /retries': minimum: got -1, want 0",
                "{epochs: 3}                                      | additional properties 'epochs' not allowed",
                "{gpu: {enabled: true}, affinity: {nodeAffinity: {}}} | use nodeSelector, or set"
                        + " gpu.checkCapability to false",
            })
    void trainingChartRejectsWrongValues(String values, String message) {
        rejects("ram-training", values, message);
    }

    private static void rejects(String chart, String values, String message) {
        assertThatThrownBy(() -> Chart.named(chart).render(values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }
}
