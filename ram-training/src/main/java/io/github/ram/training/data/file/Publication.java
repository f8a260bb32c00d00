package io.github.ram.training.data.file;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a data set is published, and how to know its files.
 *
 * @param dataset name of the data set
 * @param mirrors base addresses, ending in a slash, in the order to try
 * @param files of the data set
 * @param byHand what to do without Internet, for a directory
 */
public record Publication(String dataset, List<URI> mirrors, List<PublishedFile> files, Function<Path, String> byHand) {

    /** The page of the CIFAR data sets, which names the checksums. */
    private static final URI CIFAR = URI.create("https://www.cs.toronto.edu/~kriz/");

    public Publication {
        mirrors = List.copyOf(mirrors);
        files = List.copyOf(files);
    }

    /** The handwritten digits. */
    public static final Publication MNIST = idx(
            "mnist",
            List.of(
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            Map.of(
                    IdxName.TRAIN_IMAGES, "6bbc9ace898e44ae57da46a324031adb",
                    IdxName.TRAIN_LABELS, "a25bea736e30d166cdddb491f175f624",
                    IdxName.TEST_IMAGES, "2646ac647ad5339dbf082846283269ea",
                    IdxName.TEST_LABELS, "27ae3e4e09519cfbb04c329615203637"));

    /** The articles of clothing. */
    public static final Publication FASHION = idx(
            "fashion",
            List.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            Map.of(
                    IdxName.TRAIN_IMAGES, "f4a8712d7a061bf5bd6d2ca38dc4d50a",
                    IdxName.TRAIN_LABELS, "9018921c3c673c538a1fc5bad174d6f9",
                    IdxName.TEST_IMAGES, "8181f5470baa50b63fa0f6fddb340f0a",
                    IdxName.TEST_LABELS, "15d484375f8d13e6eb1aabb0c3f46965"));

    /** The ten classes of colour images. */
    public static final Publication CIFAR10 =
            archive(CifarReader.CIFAR10, List.of(CIFAR), "c32a1d4ab5d03f1284b67883e8d87530");

    /** The hundred classes of colour images. */
    public static final Publication CIFAR100 =
            archive(CifarReader.CIFAR100, List.of(CIFAR), "03b5dce01913d631647c71ecec9e9cb8");

    /** Those that have the same file names, by which one can be taken for the other. */
    static final List<Publication> ALIKE = List.of(MNIST, FASHION);

    /**
     * A data set in MNIST's layout, whose files lie at the mirrors as {@code NAME.gz}.
     *
     * @param md5 MD5 of the uncompressed bytes of each of the four files, in lower-case hexadecimal
     */
    public static Publication idx(String dataset, List<URI> mirrors, Map<IdxName, String> md5) {
        if (md5.size() != IdxName.values().length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s: all four files must have a checksum, got %s", dataset, md5.keySet()));
        }
        String named = Stream.of(IdxName.values())
                .map(name -> String.format(Locale.ROOT, "%s (MD5 %s)", name.published(), md5.get(name)))
                .collect(Collectors.joining(", "));
        return new Publication(
                dataset,
                mirrors,
                Stream.of(IdxName.values())
                        .<PublishedFile>map(name -> new PublishedFile.Idx(name, md5.get(name)))
                        .toList(),
                directory -> String.format(
                        Locale.ROOT, "put these files in %s by hand, plain or as .gz: %s", directory, named));
    }

    /**
     * A data set in one archive.
     *
     * @param md5 MD5 of the archive, in lower-case hexadecimal
     */
    public static Publication archive(CifarReader reader, List<URI> mirrors, String md5) {
        return new Publication(
                reader.name(),
                mirrors,
                List.of(new PublishedFile.Archive(reader.archive(), reader.folder(), reader.test(), md5)),
                directory -> String.format(
                        Locale.ROOT,
                        "fetch %s (MD5 %s) on another machine, and put it in %s as it is, or unpacked",
                        mirrors.get(0).resolve(reader.archive()),
                        md5,
                        directory));
    }
}
