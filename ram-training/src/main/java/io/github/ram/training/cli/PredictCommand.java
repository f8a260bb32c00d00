package io.github.ram.training.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.AttentionMap;
import io.github.ram.model.Box;
import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.InputOrigin;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.model.image.draw.GlimpseRenderer;
import io.github.ram.training.TrainingException;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.EngineOption;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.run.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Classifies image files. */
@Command(
        name = "predict",
        description = "Prints the class of each image, its probability, and where the model looked.",
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "PNG, JPEG, BMP, GIF or WebP files.")
    private List<Path> images;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Also draw the image with its glimpses or under the maps of soft attention, as a PNG file."
                    + " Takes one image only.")
    private Path picture;

    @Option(
            names = "--preprocess",
            paramLabel = "WAY",
            defaultValue = "auto",
            converter = PreprocessConverter.class,
            description = {
                "How pictures are made into the model's input: crop (the shorter side scaled, the middle cut out),"
                        + " none (scaled to fit), mnist (a digit scaled and centred, light on black) or auto. auto means"
                        + " crop for a model of pictures; for a model of digits none for images that are laid out so"
                        + " already, mnist for others. Default: ${DEFAULT-VALUE}."
            })
    private PreprocessingMode preprocess;

    @Mixin
    private EngineOption engine;

    @Mixin
    private JsonOption json;

    /** The class of a picture, how its input was made, and what makes the class doubtful. */
    record Reading(
            @JsonUnwrapped Prediction prediction,
            InputOrigin preprocessing,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {}

    /** Why a file has no class. */
    record Unread(String error) {}

    /** Parses the names of the modes. */
    static final class PreprocessConverter implements ITypeConverter<PreprocessingMode> {

        @Override
        public PreprocessingMode convert(String name) {
            try {
                return PreprocessingMode.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Override
    public Integer call() {
        if (picture != null && images.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--picture takes one image, got " + images.size());
        }
        Checkpoint model = checkpoint.load();
        Preprocessor preprocessor = Preprocessor.of(model.manifest(), ImageLimits.LARGEST);
        try {
            preprocessor.requireFit(preprocess);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        List<Object> entries = new ArrayList<>();
        try (Classifier classifier = engine.classifier(model, 1)) {
            for (Path image : images) {
                entries.add(entry(model, preprocessor, classifier, image));
            }
        }
        json.print(
                Map.of("predictions", entries),
                () -> IntStream.range(0, images.size())
                        .filter(i -> entries.get(i) instanceof Reading)
                        .mapToObj(i -> describe(images.get(i), (Reading) entries.get(i)))
                        .collect(Collectors.joining(System.lineSeparator())));
        List<String> errors = entries.stream()
                .filter(Unread.class::isInstance)
                .map(entry -> ((Unread) entry).error())
                .toList();
        errors.forEach(error -> System.err.println("error: " + error));
        return errors.isEmpty() ? 0 : 1;
    }

    /** A {@link Reading}, or {@link Unread}: the other files are predicted nevertheless. */
    private Object entry(Checkpoint model, Preprocessor preprocessor, Classifier classifier, Path image) {
        ModelInput prepared;
        try {
            prepared = read(preprocessor, image);
        } catch (TrainingException e) {
            return new Unread(e.getMessage());
        }
        Query query = model.model().query(prepared.pixels(), 1);
        Prediction prediction = classifier.predict(query);
        if (picture != null) {
            List<AttentionMap> maps = classifier.predict(query.explainedToo()).attention();
            draw(model, prepared.pixels(), prediction, maps);
        }
        return new Reading(prediction, prepared.origin(), prepared.warnings());
    }

    private ModelInput read(Preprocessor preprocessor, Path image) {
        try {
            return preprocessor.prepare(Files.readAllBytes(image), preprocess);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: there is no such image", image), e);
        } catch (IOException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s cannot be read: %s", image, e), e);
        } catch (ImageException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: %s", image, e.getMessage()), e);
        }
    }

    private void draw(Checkpoint model, byte[] pixels, Prediction prediction, List<AttentionMap> maps) {
        List<Box> boxes =
                prediction.glimpses().stream().map(Prediction.Glimpse::box).toList();
        GlimpseRenderer drawing = new GlimpseRenderer(model.model().image());
        OutputFile.write(
                picture,
                GlimpseRenderer.png(
                        maps.isEmpty() ? drawing.drawStrip(pixels, boxes) : drawing.drawAttention(pixels, maps)));
    }

    private static String describe(Path image, Reading reading) {
        Prediction prediction = reading.prediction();
        String places = prediction.glimpses().stream()
                .map(glimpse -> String.format(Locale.ROOT, "(%.2f, %.2f)", glimpse.x(), glimpse.y()))
                .collect(Collectors.joining(" "));
        String line = String.format(
                Locale.ROOT, "%s: %s (%.2f %%) %s", image, prediction.label(), 100 * prediction.confidence(), places);
        return line
                + reading.warnings().stream()
                        .map(warning -> System.lineSeparator() + "  warning: " + warning)
                        .collect(Collectors.joining());
    }
}
