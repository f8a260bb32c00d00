package io.github.ram.service.oip.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ram.service.Rejection;
import io.github.ram.service.web.JsonBody;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of an inference request, in the right types but otherwise unchecked. Members that are left out are null, and
 * unknown members are ignored.
 */
record InferDocument(String id, Parameters parameters, List<Input> inputs, List<Output> outputs) {

    /** Of the request. */
    record Parameters(@JsonProperty("binary_data_output") Boolean binary, Integer rollouts) {}

    /** An input tensor. */
    record Input(
            String name,
            List<Integer> shape,
            String datatype,
            InputParameters parameters,

            @JsonDeserialize(using = TensorData.Deserializer.class)
            TensorData data) {}

    /** Of an input: the bytes of a raw tensor, in place of its data. */
    record InputParameters(@JsonProperty("binary_data_size") Integer binarySize) {}

    /** An output that is asked for. */
    record Output(String name, OutputParameters parameters) {}

    /** Of an output. */
    record OutputParameters(@JsonProperty("binary_data") Boolean binary, Integer classification) {}

    private static final JsonMapper JSON = mapper();

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxNumberLength(100)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.WRAP_EXCEPTIONS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    /**
     * Reads a document.
     *
     * @param length how many of the bytes are the document
     * @param mostValues of a tensor that are kept
     * @throws Rejection if the bytes are not JSON, or a value has another type than the protocol says
     */
    static InferDocument read(byte[] bytes, int length, int mostValues) {
        try (JsonParser parser = JsonBody.parser(JSON.tokenStreamFactory(), bytes, length)) {
            try {
                if (parser.nextToken() == null) {
                    throw OipErrors.malformed("the request's JSON is empty: send an object with inputs");
                }
                InferDocument document = JSON.readerFor(InferDocument.class)
                        .withAttribute(TensorData.MOST_VALUES, mostValues)
                        .readValue(parser);
                if (document == null) {
                    throw OipErrors.malformed("the request must be an object, got null");
                }
                if (parser.nextToken() != null) {
                    throw OipErrors.malformed(
                            "the request continues after its JSON object: send one object, and raw tensors only with the header %s",
                            InferenceHeader.NAME);
                }
                return document;
            } catch (MismatchedInputException e) {
                throw mismatch(parser, e.getTargetType());
            } catch (InputCoercionException e) {
                throw mismatch(parser, e.getTargetType());
            } catch (JacksonException e) {
                TokenStreamLocation at = parser.currentLocation(); // not every exception has one
                throw OipErrors.malformed(
                        "the request is not valid JSON at line %d, column %d: correct it",
                        at.getLineNr(), at.getColumnNr());
            }
        }
    }

    private static Rejection mismatch(JsonParser parser, Class<?> target) {
        String place = OipErrors.place(parser);
        return OipErrors.malformed(
                "%s must be %s, got %s",
                place.isEmpty() ? "the request" : place, expected(target), OipErrors.found(parser));
    }

    private static String expected(Class<?> target) {
        if (target == String.class) {
            return "a string";
        }
        if (target == Boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(target) || target == int.class) {
            return "an integer";
        }
        return List.class.isAssignableFrom(target) ? "a list" : "an object";
    }
}
