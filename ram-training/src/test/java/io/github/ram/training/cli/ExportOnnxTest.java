package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.loop.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the graph in the file is the model is tested where it is made. */
class ExportOnnxTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aModelIsWrittenAsOnnx(RamConfig.Core core) throws IOException {
        RamConfig network = core == RamConfig.Core.LSTM ? SmallModel.lstm() : SmallModel.NETWORK;
        Path file = directory.resolve("small.onnx");

        Console console = Console.run(
                "export", "--checkpoint", SmallModel.in(directory, network), "--onnx", file.toString(), "--json");

        assertEquals(0, console.exit(), console.toString());
        assertEquals(file.toString(), console.json().get("onnx").asString());
        assertEquals(Files.size(file), console.json().get("bytes").asLong());
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        String version = SmallModel.checkpoint("strokes", network).manifest().version();
        assertEquals("small " + version, model.getGraph().getName());
        assertEquals("images", model.getGraph().getInput(0).getName());
        assertEquals("probabilities", model.getGraph().getOutput(0).getName());
        assertEquals("locations", model.getGraph().getOutput(1).getName());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("a file")).resolve("model.onnx");

        Console console = Console.run("export", "--checkpoint", SmallModel.in(directory), "--onnx", file.toString());

        assertEquals(1, console.exit());
        assertEquals(List.of(), console.out());
        assertEquals(1, console.err().size(), console.toString());
        assertTrue(console.err().get(0).startsWith("error: " + file + " cannot be written: "), console.toString());
    }
}
