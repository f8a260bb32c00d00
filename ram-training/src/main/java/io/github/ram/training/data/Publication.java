package io.github.ram.training.data;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a data set in MNIST's layout is published, and how to know its files.
 *
 * @param dataset name of the data set
 * @param mirrors base addresses, ending in a slash, in the order to try; the files lie there as {@code NAME.gz}
 * @param md5 MD5 of the uncompressed bytes of each of the four files, in lower-case hexadecimal
 */
record Publication(String dataset, List<URI> mirrors, Map<IdxName, String> md5) {

    Publication {
        mirrors = List.copyOf(mirrors);
        md5 = Map.copyOf(md5);
        if (md5.size() != IdxName.values().length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s: all four files must have a checksum, got %s", dataset, md5.keySet()));
        }
    }

    static final Publication MNIST = new Publication(
            "mnist",
            List.of(
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            Map.of(
                    IdxName.TRAIN_IMAGES, "6bbc9ace898e44ae57da46a324031adb",
                    IdxName.TRAIN_LABELS, "a25bea736e30d166cdddb491f175f624",
                    IdxName.TEST_IMAGES, "2646ac647ad5339dbf082846283269ea",
                    IdxName.TEST_LABELS, "27ae3e4e09519cfbb04c329615203637"));

    static final Publication FASHION = new Publication(
            "fashion",
            List.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            Map.of(
                    IdxName.TRAIN_IMAGES, "f4a8712d7a061bf5bd6d2ca38dc4d50a",
                    IdxName.TRAIN_LABELS, "9018921c3c673c538a1fc5bad174d6f9",
                    IdxName.TEST_IMAGES, "8181f5470baa50b63fa0f6fddb340f0a",
                    IdxName.TEST_LABELS, "15d484375f8d13e6eb1aabb0c3f46965"));

    /** All of them. */
    static final List<Publication> ALL = List.of(MNIST, FASHION);

    /** The four files and their checksums, for messages. */
    String files() {
        return Stream.of(IdxName.values())
                .map(name -> String.format(Locale.ROOT, "%s (MD5 %s)", name.published(), md5.get(name)))
                .collect(Collectors.joining(", "));
    }
}
