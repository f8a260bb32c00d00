package io.github.ram.service.oip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The numbers of a tensor as they stand in JSON: in one flat list, or in lists of lists of equal lengths.
 * What they mean is not known yet, since shape and datatype may come after them.
 */
final class TensorData {

    /** No tensor of this service has as many dimensions. */
    private static final int DEEPEST = 8;

    private final JsonParser parser;
    private final JsonReader json;
    private final String place;
    private final int most;
    private final List<Integer> lengths = new ArrayList<>();
    private int numbersDepth = -1;
    private double[] values = new double[1024];
    private int count;

    private TensorData(JsonReader json, String place, int most) {
        this.json = json;
        this.parser = json.parser();
        this.place = place;
        this.most = most;
    }

    /**
     * Reads a tensor's data.
     *
     * @param most values that are kept; further ones are only counted
     * @throws io.github.ram.service.Refusal if it is anything but lists of numbers, equally long and deep
     */
    static TensorData read(JsonReader json, String place, int most) {
        TensorData data = new TensorData(json, place, most);
        if (data.parser.currentToken() != JsonToken.START_ARRAY) {
            throw JsonReader.malformed("%s must be a list of numbers, got %s", place, json.found());
        }
        data.list(0);
        return data;
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
            throw JsonReader.malformed("%s is nested more than %d lists deep: flatten it", place, DEEPEST);
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
            throw JsonReader.malformed("%s must hold numbers only, got %s as value %d", place, json.found(), count);
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
            throw JsonReader.malformed(
                    "%s is ragged: send one flat list, or lists that are equally long and deep", place);
        }
    }
}
