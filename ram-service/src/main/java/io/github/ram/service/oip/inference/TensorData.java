package io.github.ram.service.oip.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * The numbers of a tensor in JSON: one flat list, or lists of lists of equal lengths. Shape and datatype may follow later,
 * so they are not checked here.
 *
 * <p>Read token by token, because a list of Java objects would take several times the memory and the time.
 */
final class TensorData {

    /** Attribute of the reader: how many values are kept. Further ones are only counted. */
    static final String MOST_VALUES = "mostValues";

    /** No tensor of this service has as many dimensions. */
    private static final int DEEPEST = 8;

    /** Reads a tensor's data. Rejects anything but lists of numbers, equally long and deep. */
    static final class Deserializer extends ValueDeserializer<TensorData> {

        @Override
        public TensorData deserialize(JsonParser parser, DeserializationContext context) {
            TensorData data = new TensorData(parser, (Integer) context.getAttribute(MOST_VALUES));
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw OipErrors.malformed("%s must be a list of numbers, got %s", data.place, OipErrors.found(parser));
            }
            data.list(0);
            return data;
        }
    }

    private final JsonParser parser;
    private final String place;
    private final int most;
    private final List<Integer> lengths = new ArrayList<>();
    private int numbersDepth = -1;
    private double[] values = new double[1024];
    private int count;

    private TensorData(JsonParser parser, int most) {
        this.parser = parser;
        this.place = OipErrors.place(parser);
        this.most = most;
    }

    /** How many numbers there are. */
    int count() {
        return count;
    }

    /** The i-th number, in row-major order. */
    double value(int i) {
        return values[i];
    }

    /** The lengths of the lists, outermost first: one if it is flat. */
    List<Integer> lengths() {
        return lengths;
    }

    private void list(int depth) {
        if (depth == DEEPEST) {
            throw OipErrors.malformed("%s is nested more than %d lists deep: flatten it", place, DEEPEST);
        }
        if (depth == lengths.size()) {
            lengths.add(-1); // not known before the first such list ends
        }
        int length = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                requireEven(numbersDepth != depth);
                list(depth + 1);
            } else {
                requireEven(numbersDepth == -1 ? lengths.size() == depth + 1 : numbersDepth == depth);
                numbersDepth = depth;
                number(token);
            }
            length++;
        }
        requireEven(lengths.get(depth) == -1 || lengths.get(depth) == length);
        lengths.set(depth, length);
    }

    private void number(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw OipErrors.malformed(
                    "%s must hold numbers only, got %s as value %d", place, OipErrors.found(parser), count);
        }
        if (count < most) {
            if (count == values.length) {
                values = Arrays.copyOf(values, Math.min(most, 2 * count));
            }
            values[count] = parser.getDoubleValue();
        }
        count++;
    }

    private void requireEven(boolean even) {
        if (!even) {
            throw OipErrors.malformed(
                    "%s is ragged: send one flat list, or lists that are equally long and deep", place);
        }
    }
}
