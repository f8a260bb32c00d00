package io.github.ram.service.oip;

import io.github.ram.model.checkpoint.Manifest;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.oip.inference.ImageTensor;
import io.github.ram.service.oip.inference.ModelOutput;
import io.github.ram.service.oip.inference.PixelDatatype;
import java.util.List;

/**
 * The metadata of the model.
 *
 * @param versions the version that is served
 * @param platform the engine that runs it, such as {@code onnxruntime_onnx}
 * @param inputs the image; its datatype may be another of {@link PixelDatatype}, which the protocol cannot express
 */
record ModelMetadata(String name, List<String> versions, String platform, List<Tensor> inputs, List<Tensor> outputs) {

    /**
     * A tensor.
     *
     * @param shape −1 where it is the number of images
     */
    record Tensor(String name, String datatype, List<Integer> shape) {}

    static ModelMetadata of(String name, ServedModel served) {
        Manifest manifest = served.manifest();
        return new ModelMetadata(
                name,
                List.of(manifest.version()),
                platform(served.engine()),
                List.of(new Tensor(
                        ImageTensor.NAME,
                        PixelDatatype.UINT8.name(),
                        ImageTensor.shape(manifest.model().image(), -1))),
                ModelOutput.of(manifest.model()).stream()
                        .map(output ->
                                new Tensor(output.toString(), output.datatype(), output.shape(manifest.model(), -1)))
                        .toList());
    }

    /** Names an engine as the protocol does: the project and the format. */
    private static String platform(String engine) {
        return switch (engine) {
            case "onnxruntime" -> "onnxruntime_onnx";
            case "samediff" -> "deeplearning4j_samediff";
            default -> "ram_" + engine;
        };
    }
}
