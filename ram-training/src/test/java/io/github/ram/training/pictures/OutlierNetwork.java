package io.github.ram.training.pictures;

import io.github.ram.model.ImageShape;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.augmentation.Variation;
import io.github.ram.training.pictures.OutlierExamples.Example;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The network of {@code OutlierDetector} as a graph that learns: four convolutions, the last two of whole images. */
final class OutlierNetwork {

    private static final int SIDE = 28;
    private static final int BATCH = 256;
    private static final double RATE = 2e-3;
    private static final double DECAY = 0.01;

    /** Half of the images are turned, slanted, stretched, bent and moved by at most so much. */
    private static final Augmentation CHANGES = new Augmentation(1, 8, 0.08, 0.1, 0.7, null);

    private static final String IMAGES = "images";
    private static final String LABELS = "labels";
    private static final String LOGITS = "logits";

    private final Random random = new Random(1);
    private final SameDiff graph = SameDiff.create();
    private final List<Layer> layers = new ArrayList<>();

    /**
     * A convolution.
     *
     * @param weights [kernel, kernel, inputs, outputs]
     * @param biases [outputs]
     */
    private record Layer(int kernel, int stride, int outputs, SDVariable weights, SDVariable biases) {}

    OutlierNetwork() {
        Nd4j.getRandom().setSeed(1);
        SDVariable values = graph.placeHolder(IMAGES, DataType.FLOAT, -1, SIDE, SIDE, 1);
        SDVariable labels = graph.placeHolder(LABELS, DataType.FLOAT, -1, OutlierExamples.CLASSES);
        values = graph.nn.relu(layer(values, 1, 6, 3, 24), 0);
        values = graph.nn.relu(layer(values, 24, 3, 2, 32), 0);
        values = graph.nn.relu(layer(values, 32, 5, 5, 64), 0);
        values = layer(values, 64, 1, 1, OutlierExamples.CLASSES);
        SDVariable logits = values.reshape(-1, OutlierExamples.CLASSES).rename(LOGITS);
        graph.loss.softmaxCrossEntropy("loss", labels, logits, null);
        graph.setLossVariables("loss");
    }

    private SDVariable layer(SDVariable values, int inputs, int kernel, int stride, int outputs) {
        double deviation = Math.sqrt(2.0 / (kernel * kernel * inputs));
        SDVariable weights = graph.var(
                "weights" + layers.size(),
                Nd4j.randn(DataType.FLOAT, kernel, kernel, inputs, outputs).mul(deviation));
        SDVariable biases = graph.var("biases" + layers.size(), Nd4j.zeros(DataType.FLOAT, outputs));
        layers.add(new Layer(kernel, stride, outputs, weights, biases));
        return graph.cnn.conv2d(
                values,
                weights,
                biases,
                Conv2DConfig.builder()
                        .kH(kernel)
                        .kW(kernel)
                        .sH(stride)
                        .sW(stride)
                        .paddingMode(PaddingMode.SAME)
                        .dataFormat("NHWC")
                        .build());
    }

    void learn(List<Example> examples, int epochs) {
        int batches = examples.size() / BATCH;
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, RATE, 1, epochs * batches + 1)))
                .regularization(new WeightDecay(DECAY, true))
                .dataSetFeatureMapping(IMAGES)
                .dataSetLabelMapping(LABELS)
                .build());
        Variation variation = new Variation(CHANGES, new ImageShape(SIDE, SIDE, 1));
        SplittableRandom places = new SplittableRandom(1);
        List<Example> shuffled = new ArrayList<>(examples);
        byte[] moved = new byte[SIDE * SIDE];
        for (int epoch = 0; epoch < epochs; epoch++) {
            Collections.shuffle(shuffled, random);
            for (int batch = 0; batch < batches; batch++) {
                List<Example> part = shuffled.subList(batch * BATCH, (batch + 1) * BATCH);
                INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, OutlierExamples.CLASSES);
                List<byte[]> images = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    byte[] pixels = part.get(i).pixels();
                    variation.apply(pixels, moved, places);
                    images.add(varied(random.nextBoolean() ? moved : pixels));
                    labels.putScalar(i, part.get(i).label(), 1);
                }
                graph.fit(new DataSet(array(images), labels));
            }
            System.out.println("epoch " + epoch + " of " + epochs);
        }
    }

    /** The logarithm of the odds that each image shows something else than a digit. */
    double[] scores(List<Example> examples) {
        return IntStream.rangeClosed(0, (examples.size() - 1) / 1000)
                .mapToObj(k -> examples.subList(1000 * k, Math.min(examples.size(), 1000 * k + 1000)))
                .flatMapToDouble(part -> DoubleStream.of(
                        odds(array(part.stream().map(Example::pixels).toList()))))
                .toArray();
    }

    private double[] odds(INDArray images) {
        float[][] logits = graph.outputSingle(Map.of(IMAGES, images), LOGITS).toFloatMatrix();
        return Arrays.stream(logits)
                .mapToDouble(
                        row -> logSum(row, OutlierExamples.DIGITS, row.length) - logSum(row, 0, OutlierExamples.DIGITS))
                .toArray();
    }

    private static double logSum(float[] logits, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += Math.exp(logits[k]);
        }
        return Math.log(sum);
    }

    /** The pixels from 0 to 1: [B, 28, 28, 1]. */
    private static INDArray array(List<byte[]> images) {
        float[] values = new float[images.size() * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (images.get(i / (SIDE * SIDE))[i % (SIDE * SIDE)] & 0xFF) / 255f;
        }
        return Nd4j.create(values, new long[] {images.size(), SIDE, SIDE, 1}, 'c');
    }

    /** Thicker strokes, thinner ones or blurred ones, in half of the images. */
    private byte[] varied(byte[] pixels) {
        int kind = random.nextInt(6);
        double share = random.nextDouble();
        byte[] varied = pixels.clone();
        for (int i = 0; i < pixels.length && kind < 3; i++) {
            int least = 255;
            int most = 0;
            int sum = 0;
            for (int k = 0; k < 9; k++) {
                int x = Math.max(0, Math.min(27, i % 28 + k % 3 - 1));
                int y = Math.max(0, Math.min(27, i / 28 + k / 3 - 1));
                int value = pixels[28 * y + x] & 0xFF;
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            }
            double target = kind == 0 ? most : kind == 1 ? 0.5 * (least + (pixels[i] & 0xFF)) : sum / 9.0;
            varied[i] = (byte) Math.round((pixels[i] & 0xFF) + share * (target - (pixels[i] & 0xFF)));
        }
        return varied;
    }

    /** Lowers the scores of all images. */
    void lower(double threshold) {
        layers.get(layers.size() - 1)
                .biases
                .getArr()
                .get(NDArrayIndex.interval(0, OutlierExamples.DIGITS))
                .addi(threshold);
    }

    /** Writes for each layer its kernel's side, its stride, its outputs, its weights and its biases. */
    void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(layers.size());
            for (Layer layer : layers) {
                out.writeInt(layer.kernel);
                out.writeInt(layer.stride);
                out.writeInt(layer.outputs);
                for (SDVariable values : List.of(layer.weights, layer.biases)) {
                    for (float value : values.getArr().dup('c').data().asFloat()) {
                        out.writeFloat(value);
                    }
                }
            }
        }
    }
}
