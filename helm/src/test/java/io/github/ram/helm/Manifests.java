package io.github.ram.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rendered manifests, parsed into the classes of Kubernetes. An unknown field is an error. */
public record Manifests(List<HasMetadata> all) {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ConfigMap.class,
            Deployment.class,
            HTTPRoute.class,
            HorizontalPodAutoscaler.class,
            Ingress.class,
            Job.class,
            NetworkPolicy.class,
            PersistentVolumeClaim.class,
            Pod.class,
            PodDisruptionBudget.class,
            PrometheusRule.class,
            ScaledObject.class,
            Service.class,
            ServiceAccount.class,
            ServiceMonitor.class);

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .setAnnotationIntrospector(new Strict());

    static {
        // Kubernetes rejects a number or a boolean where it expects a string.
        YAML.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    public static Manifests parse(String yaml) {
        List<HasMetadata> manifests = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!document.isNull() && !document.isMissingNode()) {
                    manifests.add(read(document));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage() + " in\n" + yaml, e);
        }
        return new Manifests(manifests);
    }

    private static HasMetadata read(JsonNode document) throws JsonProcessingException {
        String kind = document.path("kind").asText();
        String version = document.path("apiVersion").asText();
        for (Class<? extends HasMetadata> type : KINDS) {
            if (HasMetadata.getKind(type).equals(kind)
                    && HasMetadata.getApiVersion(type).equals(version)) {
                return YAML.treeToValue(document, type);
            }
        }
        throw new IllegalArgumentException("no class for %s of %s".formatted(kind, version));
    }

    /** Returns all manifests of a kind. */
    <T extends HasMetadata> List<T> list(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the only manifest of a kind, if there is one. */
    <T extends HasMetadata> Optional<T> find(Class<T> type) {
        List<T> found = list(type);
        if (found.size() > 1) {
            throw new AssertionError("more than one " + type.getSimpleName() + ": " + found);
        }
        return found.stream().findFirst();
    }

    /** Returns the only manifest of a kind. */
    public <T extends HasMetadata> T only(Class<T> type) {
        return find(type).orElseThrow(() -> new AssertionError("no " + type.getSimpleName()));
    }

    /** Returns every pod, and the pod templates of all Deployments and Jobs. */
    List<PodTemplateSpec> pods() {
        return all.stream().flatMap(manifest -> template(manifest).stream()).toList();
    }

    /** Returns the pod of the only manifest of a kind. */
    public PodSpec pod(Class<? extends HasMetadata> type) {
        return template(only(type)).orElseThrow().getSpec();
    }

    private static Optional<PodTemplateSpec> template(HasMetadata manifest) {
        if (manifest instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate());
        }
        if (manifest instanceof Job job) {
            return Optional.of(job.getSpec().getTemplate());
        }
        if (manifest instanceof Pod pod) {
            return Optional.of(new PodTemplateSpec(pod.getMetadata(), pod.getSpec()));
        }
        return Optional.empty();
    }

    /** Ignores the setter for unknown fields that each class has. */
    private static final class Strict extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
