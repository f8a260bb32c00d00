package io.github.ram.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of the Open Inference Protocol, made of parts by any JSON writer. */
final class OipBodies {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private OipBodies() {}

    /** The least request for images [n, 28, 28] of bytes, as one flat list. */
    static ObjectNode uint8(byte[]... images) {
        ArrayNode data = JSON.createArrayNode();
        for (byte[] image : images) {
            for (byte pixel : image) {
                data.add(pixel & 0xff);
            }
        }
        return request("UINT8", images.length, data);
    }

    /** The same with pixels from 0 to 1. */
    static ObjectNode fp32(float[]... images) {
        ArrayNode data = JSON.createArrayNode();
        for (float[] image : images) {
            for (float pixel : image) {
                data.add(pixel);
            }
        }
        return request("FP32", images.length, data);
    }

    /** The same with a tensor that follows the JSON. */
    static ObjectNode raw(String datatype, int images, int bytes) {
        ObjectNode request = request(datatype, images, null);
        input(request).putObject("parameters").put("binary_data_size", bytes);
        return request;
    }

    private static ObjectNode request(String datatype, int images, ArrayNode data) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode input = request.putArray("inputs").addObject().put("name", "image");
        input.putArray("shape").add(images).add(28).add(28);
        input.put("datatype", datatype);
        if (data != null) {
            input.set("data", data);
        }
        return request;
    }

    static ObjectNode input(ObjectNode request) {
        return (ObjectNode) request.get("inputs").get(0);
    }

    /** Adds an output that is wanted, and returns it. */
    static ObjectNode want(ObjectNode request, String output) {
        return request.withArray("outputs").addObject().put("name", output);
    }

    /** Lists of lists, as the shape is. */
    static ObjectNode nested(ObjectNode request) {
        ArrayNode flat = (ArrayNode) input(request).get("data");
        ArrayNode images = JSON.createArrayNode();
        for (int i = 0; i < flat.size(); i++) {
            ArrayNode image = i % 784 == 0 ? images.addArray() : (ArrayNode) images.get(images.size() - 1);
            ArrayNode row = i % 28 == 0 ? image.addArray() : (ArrayNode) image.get(image.size() - 1);
            row.add(flat.get(i));
        }
        input(request).set("data", images);
        return request;
    }

    /** Sets the value at a pointer, or removes it if the value is null. */
    static ObjectNode with(ObjectNode request, String pointer, JsonNode value) {
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = request.at(at.head());
        String last = at.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            int i = Integer.parseInt(last);
            if (i == list.size()) {
                list.add(value);
            } else {
                list.set(i, value);
            }
        } else if (value == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return request;
    }

    static byte[] bytes(ObjectNode request) {
        return JSON.writeValueAsBytes(request);
    }

    /** JSON with raw tensors after it. */
    static byte[] bytes(ObjectNode request, byte[]... tensors) {
        return concat(bytes(request), concat(tensors));
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** Pixels from 0 to 1. */
    static float[] fractions(byte[] pixels) {
        float[] fractions = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            fractions[i] = (pixels[i] & 0xff) / 255f;
        }
        return fractions;
    }

    static byte[] littleEndian(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
