package io.github.ram.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value and each section of the charts, set to null or to another type. */
class EveryValueTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static Stream<Arguments> values() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (String chart : List.of("ram-service", "ram-training")) {
            collect(
                    chart,
                    "",
                    YAML.readTree(
                            Chart.named(chart).folder().resolve("values.yaml").toFile()),
                    all);
        }
        return all.stream();
    }

    private static void collect(String chart, String path, JsonNode node, List<Arguments> all) {
        node.properties().forEach(field -> {
            String name = path + "/" + field.getKey().replace("/", "~1");
            all.add(Arguments.of(chart, name, field.getValue().isArray()));
            collect(chart, name, field.getValue(), all);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void nullIsNothingOrRejectedByName(String chart, String path, boolean list) {
        try {
            Policies.check(Chart.named(chart).render(overriding(path, NullNode.getInstance())));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("missing property '" + path.replaceAll(".*/", "") + "'");
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void anotherTypeIsRejectedByName(String chart, String path, boolean list) {
        JsonNode other = list
                ? YAML.getNodeFactory().textNode("wrong")
                : YAML.createArrayNode().add(YAML.createArrayNode());

        assertThatThrownBy(() -> Chart.named(chart).render(overriding(path, other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(" at '" + path + "': ");
    }

    /** Returns values with one value at the path, a JSON pointer. */
    private static String overriding(String path, JsonNode value) {
        ObjectNode values = YAML.createObjectNode();
        JsonPointer pointer = JsonPointer.compile(path);
        values.withObject(pointer.head()).set(pointer.last().getMatchingProperty(), value);
        return values.toString();
    }
}
