package io.github.ram.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmark, and prints the medians of its iterations side by side. Takes the options of JMH. */
public final class BenchmarkTable {

    private static final String REFERENCE = "onnxruntime";
    private static final String INSIDE = "-2"; // appended to an engine that spreads one call over two threads

    /** The median of each cell: threads, batch size and engine. */
    private final Map<Integer, Map<Integer, Map<String, Double>>> imagesPerSecond = new TreeMap<>();

    private BenchmarkTable() {}

    public static void main(String[] arguments) throws Exception {
        CommandLineOptions given = new CommandLineOptions(arguments);
        BenchmarkTable table = new BenchmarkTable();
        table.add(new Runner(new OptionsBuilder()
                        .parent(given)
                        .include(RolloutBenchmark.class.getName())
                        .build())
                .run());
        List<String> inside = new ArrayList<>();
        for (String engine : given.getParameter("engine").orElse(List.of(REFERENCE, "libtorch"))) {
            if (engine.equals(REFERENCE) || engine.equals("libtorch")) {
                inside.add(engine + INSIDE);
            }
        }
        if (!inside.isEmpty()) {
            table.add(new Runner(new OptionsBuilder()
                            .parent(given)
                            .include(RolloutBenchmark.class.getName() + ".oneCaller")
                            .param("engine", inside.toArray(String[]::new))
                            .build())
                    .run());
        }
        System.out.print(table);
    }

    private void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            String engine = result.getParams().getParam("engine");
            int threads = engine.endsWith(INSIDE) ? 2 : result.getParams().getThreads();
            int batchSize = Integer.parseInt(result.getParams().getParam("batchSize"));
            double micros = result.getPrimaryResult().getStatistics().getPercentile(50);
            double images = 1e6 * result.getParams().getThreads() * batchSize / micros;
            imagesPerSecond
                    .computeIfAbsent(threads, key -> new TreeMap<>())
                    .computeIfAbsent(batchSize, key -> new TreeMap<>())
                    .merge(engine.replace(INSIDE, ""), images, Math::max); // with two threads the better way
        }
    }

    /** A row for each engine: images a second, and how many times those of ONNX Runtime that is. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        imagesPerSecond.forEach((threads, sizes) -> sizes.forEach((batchSize, engines) -> {
            text.append("\n%d thread%s, %d image%s a call (median)%n"
                    .formatted(threads, threads == 1 ? "" : "s", batchSize, batchSize == 1 ? "" : "s"));
            Double reference = engines.get(REFERENCE);
            engines.forEach((engine, images) -> text.append("%-12s %10.0f images/s %10.1f us/call  %s%n"
                    .formatted(
                            engine,
                            images,
                            1e6 * threads * batchSize / images,
                            reference == null
                                    ? ""
                                    : String.format(Locale.ROOT, "%.2f x %s", images / reference, REFERENCE))));
        }));
        return text.toString();
    }
}
