package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.model.image.draw.GlimpseRenderer;
import io.github.ram.training.TrainingException;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.run.OutputFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes each step of the preprocessing of a picture as a PNG file. */
@Command(
        name = "explain",
        description = "Writes each step from a picture to the model's input as a PNG file: picture, background, ink,"
                + " without lines, digit, input.",
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private CheckpointOption checkpoint;

    @Parameters(paramLabel = "IMAGE", description = "A PNG, JPEG, BMP, GIF or WebP file.")
    private Path image;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the steps.")
    private Path out;

    @Override
    public Integer call() {
        Checkpoint model = checkpoint.load();
        Preprocessor preprocessor = Preprocessor.of(model.manifest(), ImageLimits.LARGEST);
        try {
            preprocessor.requireFit(PreprocessingMode.MNIST);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(
                    "explain shows how a digit is found, and the model is one of pictures: give a model of digits", e);
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.createDirectories(out);
            preprocessor.explain(Files.readAllBytes(image), PreprocessingMode.MNIST, (name, width, height, grey) -> {
                BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
                picture.getRaster().setDataElements(0, 0, width, height, grey);
                Path file =
                        out.resolve(String.format(Locale.ROOT, "%d-%s.png", files.size() + 1, name.replace(' ', '-')));
                OutputFile.write(file, GlimpseRenderer.png(picture));
                files.add(file);
            });
        } catch (IOException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s cannot be explained: %s", image, e), e);
        } catch (ImageException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: %s", image, e.getMessage()), e);
        }
        files.forEach(System.out::println);
        return 0;
    }
}
