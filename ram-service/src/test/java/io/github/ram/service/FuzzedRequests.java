package io.github.ram.service;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests that are wrong in some way, or by chance are not. The same seed makes the same requests. */
final class FuzzedRequests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "?rollouts=2",
            "?rollouts=0",
            "?rollouts=x",
            "?rollouts=99999999999",
            "?rollouts=1&rollouts=2",
            "?preprocess=none",
            "?preprocess=mnist",
            "?preprocess=%00",
            "?box=%F0%9F%98%80",
            "?=",
            "?%25");
    private static final List<String> ACCEPTED =
            List.of("*/*", "application/json", "image/png", "text/html", "image/*;q=0.5, application/json;q=0", ",;");

    private final SplittableRandom random;
    private final Mutations mutations;
    private final List<Image> images = images();
    private final JsonNode pixels = JSON.readTree(TestModel.json(TestModel.pixels(20)));
    private final ObjectNode inference = inference();

    FuzzedRequests(long seed) {
        this.random = new SplittableRandom(seed);
        this.mutations = new Mutations(random);
    }

    /**
     * A request.
     *
     * @param headers of the names that a client may set
     */
    record Request(String path, Map<String, String> headers, byte[] body) {

        @Override
        public String toString() {
            return "POST " + path + " " + headers + "\n" + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    Request next() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> image();
            case 2 -> form();
            case 3 -> pixels();
            case 4 -> inference(false);
            default -> inference(true);
        };
    }

    private Request image() {
        Image image = images.get(random.nextInt(images.size()));
        String type = random.nextInt(10) == 0 ? text("image/png") : image.type;
        return new Request("/v1/predictions" + pick(QUERIES), headers(type), damaged(image));
    }

    private byte[] damaged(Image image) {
        byte[] file = mutations.bytes(image.file);
        return image.type.equals("image/png") && random.nextBoolean() ? Mutations.withChecksums(file) : file;
    }

    private Request form() {
        byte[][] files = new byte[random.nextInt(1, 4)][];
        for (int i = 0; i < files.length; i++) {
            Image image = images.get(random.nextInt(images.size()));
            files[i] = random.nextBoolean() ? damaged(image) : image.file;
        }
        byte[] form = TestService.form(random.nextInt(10) == 0 ? "picture" : "image", files);
        String type = "multipart/form-data; boundary=the-boundary";
        String path = random.nextBoolean() ? "/v1/predictions" : "/v1/predictions/batch";
        return new Request(
                path + pick(QUERIES),
                headers(random.nextInt(10) == 0 ? text(type) : type),
                random.nextBoolean() ? mutations.bytes(form) : form);
    }

    private Request pixels() {
        boolean batch = random.nextBoolean();
        JsonNode document = pixels;
        if (batch) {
            ObjectNode images = JSON.createObjectNode();
            images.putArray("images").add(pixels.get("pixels")).add(pixels.get("pixels"));
            document = images;
        }
        return new Request(
                (batch ? "/v1/predictions/batch" : "/v1/predictions") + pick(QUERIES),
                headers("application/json"),
                json(document));
    }

    private byte[] json(JsonNode document) {
        byte[] bytes = random.nextInt(3) == 0 ? JSON.writeValueAsBytes(document) : mutations.json(document);
        return random.nextInt(3) == 0 ? mutations.bytes(bytes) : bytes;
    }

    private Request inference(boolean raw) {
        ObjectNode document = inference.deepCopy();
        byte[] tail = new byte[0];
        if (raw) {
            boolean bytes = random.nextBoolean();
            tail = bytes
                    ? TestModel.pixels(random.nextInt(256))
                    : OipBodies.littleEndian(OipBodies.fractions(TestModel.pixels(random.nextInt(256))));
            ObjectNode input = OipBodies.input(document);
            input.put("datatype", bytes ? "UINT8" : "FP32").remove("data");
            input.putObject("parameters").put("binary_data_size", tail.length);
        }
        byte[] json = json(document);
        tail = random.nextInt(3) == 0 && raw ? mutations.bytes(tail) : tail;
        Map<String, String> headers = headers(raw ? "application/octet-stream" : "application/json");
        if (raw || random.nextInt(10) == 0) {
            String length = Integer.toString(random.nextInt(6) == 0 ? random.nextInt(-2, 900) : json.length);
            headers.put("Inference-Header-Content-Length", random.nextInt(10) == 0 ? text(length) : length);
        }
        String version = random.nextInt(10) == 0 ? "/versions/" + random.nextInt(3) : "";
        return new Request("/v2/models/ram" + version + "/infer", headers, OipBodies.concat(json, tail));
    }

    private Map<String, String> headers(String type) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", type));
        if (random.nextInt(4) == 0) {
            headers.put("Accept", pick(ACCEPTED));
        }
        if (random.nextInt(20) == 0) {
            headers.put("Content-Encoding", pick(List.of("gzip", "identity", "x")));
        }
        return headers;
    }

    /** Damaged text of printable characters, as a header has to be. */
    private String text(String text) {
        StringBuilder printable = new StringBuilder();
        for (byte b : mutations.bytes(TestService.ascii(text))) {
            printable.append((char) (' ' + (b & 0xff) % 95));
        }
        return printable.toString();
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static ObjectNode inference() {
        ObjectNode request = OipBodies.uint8(TestModel.pixels(20)).put("id", "1");
        request.putObject("parameters").put("binary_data_output", false).put("rollouts", 1);
        OipBodies.want(request, "probabilities").putObject("parameters").put("classification", 2);
        OipBodies.want(request, "class").putObject("parameters").put("binary_data", true);
        OipBodies.want(request, "glimpses");
        return request;
    }

    private record Image(String type, byte[] file) {}

    /** A file of each format and kind of pixels. */
    private static List<Image> images() {
        List<Image> images = new ArrayList<>();
        int[] kinds = {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_INT_ARGB
        };
        for (String format : List.of("png", "jpeg", "bmp", "gif")) {
            for (int kind : kinds) {
                for (int side : new int[] {1, 28, 61}) {
                    BufferedImage image = new BufferedImage(side, side + 2, kind);
                    for (int i = 0; i < side; i++) {
                        image.setRGB(i, i, 0xff000000 | 0x40302 * i);
                    }
                    for (boolean progressive : new boolean[] {false, true}) {
                        encode(format, image, progressive)
                                .ifPresent(file -> images.add(new Image("image/" + format, file)));
                    }
                }
            }
        }
        return images;
    }

    /** The file, if the format has such pixels. */
    private static Optional<byte[]> encode(String format, BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (!writer.getOriginatingProvider().canEncodeImage(image) || progressive && !param.canWriteProgressive()) {
                return Optional.empty();
            }
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return Optional.of(bytes.toByteArray());
    }
}
