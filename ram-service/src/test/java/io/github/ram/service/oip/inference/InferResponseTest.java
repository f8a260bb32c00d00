package io.github.ram.service.oip.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.Box;
import io.github.ram.model.Prediction;
import io.github.ram.service.oip.SmallModel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InferResponseTest {

    private static final Box BOX = new Box(0, 0, 2, 2);
    private static final List<Prediction> PREDICTIONS = List.of(
            prediction(1, List.of(0.25f, 0.5f, 0.25f), 0.125f), prediction(2, List.of(1e-7f, 0.0f, 0.9999999f), -1f));

    @Test
    void tensorsAreFlatRowMajorLists() {
        InferResponse response = respond(
                Optional.of("4\"2"),
                new RequestedOutput(ModelOutput.PROBABILITIES, false, 0),
                new RequestedOutput(ModelOutput.CLASS, false, 0),
                new RequestedOutput(ModelOutput.GLIMPSES, false, 0));

        assertThat(json(response))
                .isEqualTo(
                        "{\"model_name\":\"ram\",\"model_version\":\"abc\",\"id\":\"4\\\"2\",\"outputs\":["
                                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[2,3],\"data\":[0.25,0.5,0.25,1.0E-7,0.0,0.9999999]},"
                                + "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":[1,2]},"
                                + "{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[2,2,2],\"data\":[0.125,-0.5,0.75,0.0,-1.0,-0.5,0.75,0.0]}]}");
        assertThat(response.isBinary()).isFalse();
        assertThat(response.raw()).isEmpty();
    }

    @Test
    void rawTensorsAreLittleEndianInTheOrderOfTheJson() {
        InferResponse response = respond(
                Optional.empty(),
                new RequestedOutput(ModelOutput.CLASS, true, 0),
                new RequestedOutput(ModelOutput.GLIMPSES, false, 0),
                new RequestedOutput(ModelOutput.PROBABILITIES, true, 0));

        assertThat(json(response))
                .isEqualTo(
                        "{\"model_name\":\"ram\",\"model_version\":\"abc\",\"outputs\":["
                                + "{\"name\":\"class\",\"datatype\":\"INT64\",\"shape\":[2],\"parameters\":{\"binary_data_size\":16}},"
                                + "{\"name\":\"glimpses\",\"datatype\":\"FP32\",\"shape\":[2,2,2],\"data\":[0.125,-0.5,0.75,0.0,-1.0,-0.5,0.75,0.0]},"
                                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[2,3],\"parameters\":{\"binary_data_size\":24}}]}");
        assertThat(response.isBinary()).isTrue();
        assertThat(HexFormat.of().formatHex(response.raw()))
                .isEqualTo("0100000000000000" + "0200000000000000" + "0000803e" + "0000003f" + "0000803e" + "95bfd633"
                        + "00000000" + "feff7f3f");
    }

    @Test
    void classificationNamesTheBestFirstAndOfEqualsTheFirst() {
        InferResponse response = respond(Optional.empty(), new RequestedOutput(ModelOutput.PROBABILITIES, false, 2));

        assertThat(json(response))
                .isEqualTo("{\"model_name\":\"ram\",\"model_version\":\"abc\",\"outputs\":["
                        + "{\"name\":\"probabilities\",\"datatype\":\"BYTES\",\"shape\":[2,2],\"data\":"
                        + "[\"0.5:1:one\",\"0.25:0:zero\",\"0.9999999:2:two\",\"1.0E-7:0:zero\"]}]}");
    }

    @Test
    void rawWordsCarryTheirLength() {
        InferResponse response = respond(Optional.empty(), new RequestedOutput(ModelOutput.PROBABILITIES, true, 1));

        assertThat(json(response))
                .isEqualTo(
                        "{\"model_name\":\"ram\",\"model_version\":\"abc\",\"outputs\":["
                                + "{\"name\":\"probabilities\",\"datatype\":\"BYTES\",\"shape\":[2,1],\"parameters\":{\"binary_data_size\":32}}]}");
        assertThat(new String(response.raw(), StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0009\0\0\0" + "0.5:1:one" + "\u000f\0\0\0" + "0.9999999:2:two");
    }

    private static InferResponse respond(Optional<String> id, RequestedOutput... outputs) {
        List<float[]> images = List.of(new float[6], new float[6]);
        return InferResponse.of(
                "ram", "abc", SmallModel.GREY, new InferRequest(id, images, 1, List.of(outputs)), PREDICTIONS);
    }

    private static Prediction prediction(int best, List<Float> probabilities, float x) {
        return new Prediction(
                best,
                SmallModel.GREY.labels().get(best),
                probabilities.get(best),
                null,
                probabilities,
                List.of(new Prediction.Glimpse(1, x, -0.5f, BOX), new Prediction.Glimpse(2, 0.75f, 0, BOX)),
                List.of());
    }

    private static String json(InferResponse response) {
        return new String(response.json(), StandardCharsets.UTF_8);
    }
}
