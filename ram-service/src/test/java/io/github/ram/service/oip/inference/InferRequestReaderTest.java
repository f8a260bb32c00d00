package io.github.ram.service.oip.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.ram.RamSpec;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.oip.SmallModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferRequestReaderTest {

    private static final String IMAGE =
            "{\"name\": \"image\", \"shape\": [1, 2, 3], \"datatype\": \"UINT8\", \"data\": [0, 51, 102, 153, 204, 255]}";
    private static final float[] NORMALISED = {-1, -0.6f, -0.2f, 0.2f, 0.6f, 1};

    @Test
    void theLeastRequestAsksForEveryOutputAsJson() {
        InferRequest request = read("{\"inputs\": [" + IMAGE + "]}");

        assertThat(request.id()).isEmpty();
        assertThat(request.rollouts()).isEqualTo(1);
        assertThat(request.images()).containsExactly(NORMALISED);
        assertThat(request.outputs())
                .containsExactly(
                        new RequestedOutput(ModelOutput.PROBABILITIES, false, 0),
                        new RequestedOutput(ModelOutput.CLASS, false, 0),
                        new RequestedOutput(ModelOutput.GLIMPSES, false, 0));
    }

    @Test
    void everyOptionalMemberIsHeeded() {
        InferRequest request = read("""
                {"id": "42", "parameters": {"binary_data_output": true, "rollouts": 5, "other": [{"a": 1}]},
                 "inputs": [{"name": "image", "shape": [1, 2, 3], "datatype": "UINT8", "parameters": {"other": 1},
                             "data": [0, 51, 102, 153, 204, 255]}],
                 "outputs": [{"name": "glimpses", "parameters": {"binary_data": false}},
                             {"name": "probabilities", "parameters": {"classification": 2}}],
                 "model_name": {"unknown": ["members", "are", "passed", "over"]}}
                """);

        assertThat(request.id()).contains("42");
        assertThat(request.rollouts()).isEqualTo(5);
        assertThat(request.images()).containsExactly(NORMALISED);
        assertThat(request.outputs())
                .containsExactly(
                        new RequestedOutput(ModelOutput.GLIMPSES, false, 0),
                        new RequestedOutput(ModelOutput.PROBABILITIES, true, 2));
    }

    @Test
    void membersMayComeInAnyOrder() {
        assertThat(read("{\"inputs\": [{\"data\": [[[0, 51, 102], [153, 204, 255]]], \"shape\": [1, 2, 3],"
                                + " \"datatype\": \"UINT8\", \"name\": \"image\"}]}")
                        .images())
                .containsExactly(NORMALISED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": null, \"parameters\": null, \"outputs\": null, \"inputs\": [IMAGE]}",
                "{\"parameters\": {\"binary_data_output\": null, \"rollouts\": null}, \"inputs\": [IMAGE]}",
                "{\"outputs\": [], \"inputs\": [IMAGE]}",
                "{\"outputs\": [{\"name\": \"probabilities\", \"parameters\": null}, {\"name\": \"class\", \"parameters\":"
                        + " {\"binary_data\": null}}, {\"name\": \"glimpses\", \"parameters\": {}}], \"inputs\": [IMAGE]}"
            })
    void nullIsTheSameAsLeftOut(String body) {
        InferRequest request = read(body.replace("IMAGE", IMAGE));

        assertThat(request.id()).isEmpty();
        assertThat(request.rollouts()).isEqualTo(1);
        assertThat(request.outputs())
                .containsExactly(
                        new RequestedOutput(ModelOutput.PROBABILITIES, false, 0),
                        new RequestedOutput(ModelOutput.CLASS, false, 0),
                        new RequestedOutput(ModelOutput.GLIMPSES, false, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0, 51, 102, 153, 204, 255, 255, 204, 153, 102, 51, 0]",
                "[[[0, 51, 102], [153, 204, 255]], [[255, 204, 153], [102, 51, 0]]]",
                "[0.0, 51.0, 1.02e2, 153, 204, 255, 255, 204, 153, 102, 51, -0]"
            })
    void dataIsFlatOrNested(String data) {
        assertThat(read(input("UINT8", "[2, 2, 3]", data)).images())
                .containsExactly(NORMALISED, new float[] {1, 0.6f, 0.2f, -0.2f, -0.6f, -1});
    }

    @Test
    void fractionsAreTakenAsTheyAre() {
        assertThat(read(input("FP32", "[1, 2, 3]", "[0, 0.25, 0.5, 0.75, 1, 1e-3]"))
                        .images())
                .containsExactly(new float[] {-1, -0.5f, 0, 0.5f, 1, -0.998f});
    }

    @ParameterizedTest
    @CsvSource({"INT32, 4", "INT64, 8"})
    void widerIntegersArePixelsToo(String datatype, int width) {
        ByteBuffer raw = ByteBuffer.allocate(6 * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            raw.put(width * i, (byte) (51 * i)); // the least byte comes first
        }

        assertThat(read(binary(datatype, "[1, 2, 3]", 6 * width), raw.array()).images())
                .containsExactly(NORMALISED);
        assertThat(read(input(datatype, "[1, 2, 3]", "[0, 51, 102, 153, 204, 255]"))
                        .images())
                .containsExactly(NORMALISED);
    }

    @Test
    void doublesAndHalvesAreFractionsToo() {
        ByteBuffer doubles = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : new double[] {0, 0.25, 0.5, 0.75, 1, 0.125}) {
            doubles.putDouble(value);
        }
        ByteBuffer halves = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : new int[] {0x0000, 0x3400, 0x3800, 0x3a00, 0x3c00, 0x3000}) {
            halves.putShort((short) bits);
        }
        float[] expected = {-1, -0.5f, 0, 0.5f, 1, -0.75f};

        assertThat(read(binary("FP64", "[1, 2, 3]", 48), doubles.array()).images())
                .containsExactly(expected);
        assertThat(read(binary("FP16", "[1, 2, 3]", 12), halves.array()).images())
                .containsExactly(expected);
        assertThat(read(input("FP16", "[1, 2, 3]", "[0, 0.25, 0.5, 0.75, 1, 0.125]"))
                        .images())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0x7c00, Infinity",
        "0x7e00, NaN",
        "0xbc00, -1.0",
        "0x3c01, 1.0009765625",
        "0x8001, -5.9604644775390625E-8"
    })
    void halfOutsideOfTheRangeIsRefused(String bits, String value) {
        byte[] raw = new byte[12];
        int half = Integer.decode(bits);
        raw[0] = (byte) half;
        raw[1] = (byte) (half >> 8);

        Rejection rejection = assertThrows(Rejection.class, () -> read(binary("FP16", "[1, 2, 3]", 12), raw));

        assertThat(rejection).hasMessage("value 0 of the raw tensor must be a number from 0 to 1, got " + value);
    }

    @Test
    void blankImageIsUnusable() {
        Rejection rejection = assertThrows(
                Rejection.class,
                () -> read(input("UINT8", "[2, 2, 3]", "[0, 51, 102, 153, 204, 255, 7, 7, 7, 7, 7, 7]")));

        assertThat(rejection.reason()).isEqualTo(Reason.UNUSABLE);
        assertThat(rejection)
                .hasMessage(
                        "image 1 of inputs[0].data is blank, so there is nothing to read: all of its pixels are equal");
    }

    @Test
    void fractionsMeanTheSameInJsonAndRaw() {
        byte[] raw = fp32(0.1f, 0.2f, 0.3f, 0.7f, 0.9f, 1f / 3);

        assertThat(read(binary("FP32", "[1, 2, 3]", 24), raw).images())
                .containsExactly(read(input("FP32", "[1, 2, 3]", "[0.1, 0.2, 0.3, 0.7, 0.9, 0.3333333333333333]"))
                        .images()
                        .get(0));
    }

    @Test
    void colourHasAFourthDimension() {
        assertThat(read(SmallModel.COLOUR, bytes(input("UINT8", "[1, 1, 2, 3]", "[[[[0, 51, 102], [153, 204, 255]]]]")))
                        .images())
                .containsExactly(NORMALISED);
        assertThat(rejection(SmallModel.COLOUR, bytes(input("UINT8", "[1, 2, 3]", "[0, 51, 102, 153, 204, 255]")))
                        .getMessage())
                .isEqualTo("inputs[0].shape must be [-1, 1, 2, 3], where -1 is the number of images, got [1, 2, 3]");
    }

    @Test
    void rawTensorFollowsTheJson() {
        byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};

        InferRequest request = read(binary("UINT8", "[1, 2, 3]", 6), pixels);

        assertThat(request.images()).containsExactly(NORMALISED);
        assertThat(request.outputs()).allMatch(output -> !output.binary(), "a raw input does not make the outputs raw");
    }

    @Test
    void rawTensorAloneIsOfBytesAndAnsweredRaw() {
        byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 0, 0, 0, 0, 0, (byte) 255};

        InferRequest request = reader(SmallModel.GREY).read(pixels, OptionalInt.of(0));

        assertThat(request.images()).containsExactly(NORMALISED, new float[] {-1, -1, -1, -1, -1, 1});
        assertThat(request.id()).isEmpty();
        assertThat(request.outputs())
                .containsExactly(
                        new RequestedOutput(ModelOutput.PROBABILITIES, true, 0),
                        new RequestedOutput(ModelOutput.CLASS, true, 0),
                        new RequestedOutput(ModelOutput.GLIMPSES, true, 0));
    }

    @Test
    void outputOverridesTheRequest() {
        assertThat(read("{\"parameters\": {\"binary_data_output\": true}, \"inputs\": [" + IMAGE + "], \"outputs\":"
                                + " [{\"name\": \"class\", \"parameters\": {\"binary_data\": false}}, {\"name\": \"glimpses\"}]}")
                        .outputs())
                .containsExactly(
                        new RequestedOutput(ModelOutput.CLASS, false, 0),
                        new RequestedOutput(ModelOutput.GLIMPSES, true, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the request's JSON is empty: send an object with inputs",
                "{ | the request is not valid JSON at line 1, column 2: correct it",
                "{\"inputs\": [[0 1]]} | inputs[0] must be an object, got a list",
                "{\"inputs\": [NaN]} | the request is not valid JSON at line 1, column 16: correct it",
                "{\"id\": \"a\" \"b\"} | the request is not valid JSON at line 1, column 13: correct it",
                "{\"id\": \"\\x\"} | the request is not valid JSON at line 1, column 11: correct it",
                "{\"inputs\": 01} | the request is not valid JSON at line 1, column 13: correct it",
                "[] | the request must be an object, got a list",
                "7 | the request must be an object, got 7",
                "{} | the request has no input: send inputs, a list of one tensor named image",
                "{\"inputs\": null} | the request has no input: send inputs, a list of one tensor named image",
                "{\"inputs\": []} | the request has no input: send inputs, a list of one tensor named image",
                "{\"inputs\": {}} | inputs must be a list, got an object",
                "{\"inputs\": [7]} | inputs[0] must be an object, got 7",
                "{\"inputs\": [null]} | inputs[0] must be an object, got null",
                "{\"inputs\": [{}]} | inputs[0] has no name: it must be image",
                "{\"inputs\": [IMAGE]} x | the request is not valid JSON at line 1, column 112: correct it",
                "{\"inputs\": [IMAGE]} {} | the request continues after its JSON object: send one object, and raw tensors only with the header Inference-Header-Content-Length",
                "{\"inputs\": [IMAGE, IMAGE]} | inputs[1] is one too many: the model has one input, image",
                "{\"inputs\": [IMAGE], \"id\": 42} | id must be a string, got 42",
                "{\"inputs\": [IMAGE], \"id\": [\"a\"]} | id must be a string, got a list",
                "{\"inputs\": [IMAGE], \"parameters\": []} | parameters must be an object, got a list",
                "{\"inputs\": [IMAGE], \"parameters\": {\"binary_data_output\": 1}} | parameters.binary_data_output must be true or false, got 1",
                "{\"inputs\": [IMAGE], \"parameters\": {\"rollouts\": 0}} | parameters.rollouts must be an integer from 1 to 32, got 0",
                "{\"inputs\": [IMAGE], \"parameters\": {\"rollouts\": 33}} | parameters.rollouts must be an integer from 1 to 32, got 33",
                "{\"inputs\": [IMAGE], \"parameters\": {\"rollouts\": 1.5}} | parameters.rollouts must be an integer, got 1.5",
                "{\"inputs\": [IMAGE], \"parameters\": {\"rollouts\": \"2\"}} | parameters.rollouts must be an integer, got \"2\"",
                "{\"inputs\": [IMAGE], \"outputs\": {}} | outputs must be a list, got an object",
                "{\"inputs\": [IMAGE], \"outputs\": [\"class\"]} | outputs[0] must be an object, got \"class\"",
                "{\"inputs\": [IMAGE], \"outputs\": [{}]} | outputs[0] has no name: it must be one of [probabilities, class, glimpses]",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": 7}]} | outputs[0].name must be a string, got 7",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"class\"}, {\"name\": \"Glimpses\"}]} | outputs[1].name must be one of [probabilities, class, glimpses], got \"Glimpses\"",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"class\"}, {\"name\": \"class\"}]} | outputs[1] names class again: name each output once",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"class\", \"parameters\": 7}]} | outputs[0].parameters must be an object, got 7",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"class\", \"parameters\": {\"binary_data\": \"true\"}}]} | outputs[0].parameters.binary_data must be true or false, got \"true\"",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"class\", \"parameters\": {\"classification\": 1}}]} | outputs[0].parameters.classification is not available for class: use it with probabilities",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"probabilities\", \"parameters\": {\"classification\": 0}}]} | outputs[0].parameters.classification must be an integer from 1 to 3, got 0",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"probabilities\", \"parameters\": {\"classification\": 4}}]} | outputs[0].parameters.classification must be an integer from 1 to 3, got 4",
                "{\"inputs\": [IMAGE], \"outputs\": [{\"name\": \"probabilities\", \"parameters\": {\"classification\": 99999999999}}]} | outputs[0].parameters.classification must be an integer, got 99999999999"
            })
    void malformedRequestIsRefusedInOneLine(String body, String message) {
        Rejection rejection = rejection(SmallModel.GREY, bytes(body.replace("IMAGE", IMAGE)));

        assertThat(rejection).hasMessage(message);
        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"picture\" | inputs[0].name must be image, the model's one input, got \"picture\"",
                "\"name\": 7 | inputs[0].name must be a string, got 7",
                "\"name\": null | inputs[0] has no name: it must be image",
                "\"shape\": null | inputs[0] has no shape: send [-1, 2, 3], with the number of images for -1",
                "\"shape\": 6 | inputs[0].shape must be a list, got 6",
                "\"shape\": [] | inputs[0].shape must be [-1, 2, 3], where -1 is the number of images, got []",
                "\"shape\": [2, 3] | inputs[0].shape must be [-1, 2, 3], where -1 is the number of images, got [2, 3]",
                "\"shape\": [1, 3, 2] | inputs[0].shape must be [-1, 2, 3], where -1 is the number of images, got [1, 3, 2]",
                "\"shape\": [1, 2, 3, 1] | inputs[0].shape must be [-1, 2, 3], where -1 is the number of images, got [1, 2, 3, 1]",
                "\"shape\": [1,1,1,1,1,1,1,1,1] | inputs[0].shape has more than 8 dimensions: send [-1, 2, 3]",
                "\"shape\": [0, 2, 3] | inputs[0].shape has no image: send at least one",
                "\"shape\": [-1, 2, 3] | inputs[0].shape[0] must be an integer of at least 0, got -1",
                "\"shape\": [1.0, 2, 3] | inputs[0].shape[0] must be an integer, got 1.0",
                "\"shape\": [\"1\", 2, 3] | inputs[0].shape[0] must be an integer, got \"1\"",
                "\"shape\": [null, 2, 3] | inputs[0].shape[0] must be an integer of at least 0, got null",
                "\"shape\": [18446744073709551616, 2, 3] | inputs[0].shape[0] must be an integer, got 18446744073709551616",
                "\"datatype\": null | inputs[0] has no datatype: send one of UINT8, INT32, INT64, FP16, FP32, FP64",
                "\"datatype\": 8 | inputs[0].datatype must be a string, got 8",
                "\"datatype\": \"uint8\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64, in capitals, got \"uint8\"",
                "\"datatype\": \"BYTES\" | inputs[0].datatype must be one of UINT8, INT32, INT64, FP16, FP32, FP64, in capitals, got \"BYTES\"",
                "\"parameters\": \"x\" | inputs[0].parameters must be an object, got \"x\"",
                "\"parameters\": {\"binary_data_size\": 6} | inputs[0] has data and binary_data_size: send the one or the other",
                "\"parameters\": {\"binary_data_size\": -6} | inputs[0] has data and binary_data_size: send the one or the other",
                "\"data\": null | inputs[0] has no data: send them, or raw with parameters.binary_data_size",
                "\"data\": 7 | inputs[0].data must be a list of numbers, got 7",
                "\"data\": \"AAAA\" | inputs[0].data must be a list of numbers, got \"AAAA\"",
                "\"data\": {} | inputs[0].data must be a list of numbers, got an object",
                "\"data\": [] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got 0 values",
                "\"data\": [0, 1, 2, 3, 4] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got 5 values",
                "\"data\": [0, 1, 2, 3, 4, 5, 6] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got 7 values",
                "\"data\": [[0, 1, 2], [3, 4, 5]] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got shape [2, 3]",
                "\"data\": [[[0, 1], [2, 3], [4, 5]]] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got shape [1, 3, 2]",
                "\"data\": [[], []] | inputs[0].data must have the 6 values of shape [1, 2, 3], flat or nested as the shape is, got shape [2, 0]",
                "\"data\": [[[0, 1, 2], [3, 4]]] | inputs[0].data is ragged: send one flat list, or lists that are equally long and deep",
                "\"data\": [[[0, 1, 2], 3, 4, 5]] | inputs[0].data is ragged: send one flat list, or lists that are equally long and deep",
                "\"data\": [[[0, 1, 2], [[3, 4, 5]]]] | inputs[0].data is ragged: send one flat list, or lists that are equally long and deep",
                "\"data\": [[], 1] | inputs[0].data is ragged: send one flat list, or lists that are equally long and deep",
                "\"data\": [[[[[[[[[0]]]]]]]]] | inputs[0].data is nested more than 8 lists deep: flatten it",
                "\"data\": [0, 1, 2, 3, 4, \"5\"] | inputs[0].data must hold numbers only, got \"5\" as value 5",
                "\"data\": [0, 1, 2, 3, 4, true] | inputs[0].data must hold numbers only, got true as value 5",
                "\"data\": [0, null] | inputs[0].data must hold numbers only, got null as value 1",
                "\"data\": [{}] | inputs[0].data must hold numbers only, got an object as value 0",
                "\"data\": [0, 1, 2, 3, 4, 256] | value 5 of inputs[0].data must be an integer from 0 to 255, got 256.0",
                "\"data\": [0, 1, -1, 3, 4, 5] | value 2 of inputs[0].data must be an integer from 0 to 255, got -1.0",
                "\"data\": [0, 1, 0.5, 3, 4, 5] | value 2 of inputs[0].data must be an integer from 0 to 255, got 0.5",
                "\"data\": [1e999, 1, 2, 3, 4, 5] | value 0 of inputs[0].data must be an integer from 0 to 255, got Infinity",
                "\"data\": [100000000000000000000, 1, 2, 3, 4, 5] | value 0 of inputs[0].data must be an integer from 0 to 255, got 1.0E20"
            })
    void malformedInputIsRefusedInOneLine(String member, String message) {
        String name = member.substring(0, member.indexOf(':'));
        String input = IMAGE.replaceFirst(name + ": (\"[^\"]*\"|\\[[^]]*])", "\"was\": 0");

        Rejection rejection = rejection(
                SmallModel.GREY,
                bytes("{\"inputs\": [" + input.substring(0, input.length() - 1) + ", " + member + "}]}"));

        assertThat(rejection).hasMessage(message);
        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "2", "1e999", "-1e-3"})
    void fractionOutsideZeroToOneIsRefused(String value) {
        assertThat(rejection(SmallModel.GREY, bytes(input("FP32", "[1, 2, 3]", "[0, " + value + ", 0, 0, 0, 0]"))))
                .hasMessageStartingWith("value 1 of inputs[0].data must be a number from 0 to 1, got ");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MIN_VALUE, 1.0000001f})
    void rawFractionOutsideZeroToOneIsRefused(float value) {
        assertThat(rejection(binary("FP32", "[1, 2, 3]", 24), fp32(0, 0, 0, 0, 0, value)))
                .hasMessage("value 5 of the raw tensor must be a number from 0 to 1, got " + (double) value);
    }

    @Test
    void moreImagesThanAllowedAreTooMany() {
        Rejection listed = rejection(SmallModel.GREY, bytes(input("UINT8", "[5, 2, 3]", "[0]")));
        Rejection raw = catchRejection(() -> reader(SmallModel.GREY).read(new byte[30], OptionalInt.of(0)));

        assertThat(listed).hasMessage("the request has 5 images, more than the 4 allowed: send fewer at a time");
        assertThat(listed.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(raw).hasMessage(listed.getMessage());
        assertThat(raw.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 6 | inputs[0].parameters.binary_data_size must be 6 for UINT8 [1, 2, 3], got 7",
                "0 | 0 | inputs[0].parameters.binary_data_size must be 6 for UINT8 [1, 2, 3], got 0",
                "6 | 0 | the request must have 6 bytes after its JSON, by binary_data_size and the header Inference-Header-Content-Length, got 0",
                "6 | 5 | the request must have 6 bytes after its JSON, by binary_data_size and the header Inference-Header-Content-Length, got 5",
                "6 | 7 | the request must have 6 bytes after its JSON, by binary_data_size and the header Inference-Header-Content-Length, got 7"
            })
    void rawTensorMustHaveTheBytesThatItsShapeHas(int announced, int sent, String message) {
        assertThat(rejection(binary("UINT8", "[1, 2, 3]", announced), new byte[sent]))
                .hasMessage(message);
    }

    @Test
    void bytesAfterJsonThatAnnouncesNoneAreRefused() {
        assertThat(rejection("{\"inputs\": [" + IMAGE + "]}", new byte[3]))
                .hasMessage(
                        "the request must have 0 bytes after its JSON, by binary_data_size and the header Inference-Header-Content-Length, got 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7})
    void rawBodyMustBeWholeImages(int bytes) {
        assertThat(catchRejection(() -> reader(SmallModel.GREY).read(new byte[bytes], OptionalInt.of(0))))
                .hasMessage("a body without JSON must be raw images of 6 bytes each, UINT8 [-1, 2, 3], got " + bytes
                        + " bytes");
    }

    @Test
    void deepNestingIsRefusedAtOnce() {
        assertThat(rejection(SmallModel.GREY, bytes("{\"inputs\": " + "[".repeat(500_000))))
                .hasMessage("inputs[0] must be an object, got a list");
        assertThat(rejection(SmallModel.GREY, bytes("{\"other\": " + "[".repeat(500_000)))
                        .getMessage())
                .startsWith("the request is not valid JSON at line 1, column ");
    }

    @Test
    void anEncodingThatJsonDoesNotHaveIsRefused() {
        assertThat(rejection(SmallModel.GREY, new byte[] {0, 0, (byte) 0xff, (byte) 0xfe}))
                .hasMessage("the body is not in an encoding that JSON allows: send UTF-8");
    }

    @Test
    void aClientsWordsAreCutShort() {
        assertThat(rejection(SmallModel.GREY, bytes("{\"inputs\": [{\"name\": \"" + "x".repeat(1000) + "\"}]}")))
                .hasMessage("inputs[0].name must be image, the model's one input, got \"" + "x".repeat(40) + "…\"");
    }

    private static String input(String datatype, String shape, String data) {
        return "{\"inputs\": [{\"name\": \"image\", \"shape\": %s, \"datatype\": \"%s\", \"data\": %s}]}"
                .formatted(shape, datatype, data);
    }

    private static String binary(String datatype, String shape, int size) {
        return "{\"inputs\": [{\"name\": \"image\", \"shape\": %s, \"datatype\": \"%s\", \"parameters\": {\"binary_data_size\": %s}}]}"
                .formatted(shape, datatype, size);
    }

    private static byte[] fp32(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static InferRequest read(String body) {
        return read(SmallModel.GREY, bytes(body));
    }

    private static InferRequest read(RamSpec model, byte[] body) {
        return reader(model).read(body, OptionalInt.empty());
    }

    private static InferRequest read(String json, byte[] tail) {
        byte[] body = new byte[bytes(json).length + tail.length];
        System.arraycopy(bytes(json), 0, body, 0, bytes(json).length);
        System.arraycopy(tail, 0, body, bytes(json).length, tail.length);
        return reader(SmallModel.GREY).read(body, OptionalInt.of(bytes(json).length));
    }

    private static InferRequestReader reader(RamSpec model) {
        return new InferRequestReader(new ImageTensor(model, 4), model, 32);
    }

    private static Rejection rejection(RamSpec model, byte[] body) {
        return catchRejection(() -> read(model, body));
    }

    private static Rejection rejection(String json, byte[] tail) {
        return catchRejection(() -> read(json, tail));
    }

    private static Rejection catchRejection(Executable reading) {
        return assertThrows(Rejection.class, reading);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
