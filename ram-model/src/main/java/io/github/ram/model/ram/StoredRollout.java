package io.github.ram.model.ram;

import io.github.ram.model.ImageShape;
import io.github.ram.model.graph.StoredGraph;
import io.github.ram.model.ram.glimpse.GlimpseSensor;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.RamConfig;
import java.util.List;
import java.util.Locale;

/** Checks that a stored graph is the {@link RolloutGraph} of a model. */
final class StoredRollout {

    private StoredRollout() {}

    /** @throws IllegalArgumentException if the graph differs; the message names the difference */
    static void check(StoredGraph graph, RamSpec model) {
        RamConfig config = model.network();
        ImageShape image = config.image();
        List.of(RolloutGraph.START, RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS)
                .forEach(graph::requireVariable);
        graph.requireInput(RolloutGraph.IMAGES, -1, image.height(), image.width(), image.channels());
        if (config.steps() > 1) {
            graph.requireInput(RolloutGraph.NOISE, config.steps() - 1, -1, 2);
        }
        checkSensors(graph, config.glimpse(), model.input().padding());
        graph.values(model.parameters());
    }

    private static void checkSensors(StoredGraph graph, GlimpseConfig glimpse, double padding) {
        List<StoredGraph.Arguments> sensors = graph.operations(GlimpseSensor.NAME);
        StoredGraph.Arguments expected = new StoredGraph.Arguments(
                List.of((long) glimpse.patchSize(), (long) glimpse.scales(), (long) glimpse.scaleFactor()),
                List.of(padding));
        for (StoredGraph.Arguments sensor : sensors) {
            StoredGraph.require(
                    sensor.equals(expected),
                    String.format(
                            Locale.ROOT,
                            "the graph's sensor must take %s and padding %s, it takes %s and padding %s",
                            expected.integers(),
                            padding,
                            sensor.integers(),
                            sensor.numbers().isEmpty()
                                    ? "none"
                                    : sensor.numbers().get(0)));
        }
        StoredGraph.require(
                sensors.size() == glimpse.count(),
                String.format(
                        Locale.ROOT, "the graph must take %d glimpses, it takes %d", glimpse.count(), sensors.size()));
    }
}
