package io.github.ram.training.data.file;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.StoredDataset;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads the "binary version" of CIFAR-10 and CIFAR-100 (Krizhevsky, 2009), from its folder or from its archive.
 *
 * <p>A record is one image: its label bytes, of which the last is the class, then 32×32 bytes of red, of green and of
 * blue. The last tenth of the training records is the validation split.
 *
 * @param name of the data set
 * @param classes what each class is called
 * @param folder that the archive holds
 * @param archive name of the published archive
 * @param training names of the files of the training images, in order
 * @param test name of the file of the test images
 * @param format of every file
 */
public record CifarReader(
        String name,
        List<String> classes,
        String folder,
        String archive,
        List<String> training,
        String test,
        RecordFormat format)
        implements DatasetReader {

    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final ImageShape SHAPE = new ImageShape(SIDE, SIDE, CHANNELS);

    /**
     * @param labelBytes before the pixels of a record
     * @param trainingRecords of each file of training images
     * @param testRecords of the file of test images
     */
    record RecordFormat(int labelBytes, int trainingRecords, int testRecords) {

        int size() {
            return labelBytes + SHAPE.size();
        }
    }

    /** Ten classes of colour images, 32×32. */
    public static final CifarReader CIFAR10 = new CifarReader(
            "cifar10",
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin",
            new RecordFormat(1, 10_000, 10_000));

    /** A hundred classes of colour images, 32×32. */
    public static final CifarReader CIFAR100 = new CifarReader(
            "cifar100",
            Stream.of(("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus "
                                    + "butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach "
                                    + "couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster "
                                    + "house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree "
                                    + "motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear "
                                    + "pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road "
                                    + "rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar "
                                    + "sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip "
                                    + "turtle wardrobe whale willow_tree wolf woman worm ")
                            .split(" "))
                    .map(label -> label.replace('_', ' '))
                    .toList(),
            "cifar-100-binary",
            "cifar-100-binary.tar.gz",
            List.of("train.bin"),
            "test.bin",
            new RecordFormat(2, 50_000, 10_000));

    @Override
    public Contents contents(Path directory) {
        return new Contents(SHAPE, classes);
    }

    @Override
    public Dataset load(Split split, Path directory, Contents wanted) {
        int total = training.size() * format.trainingRecords();
        int kept = total - total / 10;
        Records records = switch (split) {
            case TRAIN -> new Records(training, format.trainingRecords(), 0, kept);
            case VALIDATION -> new Records(training, format.trainingRecords(), kept, total);
            case TEST -> new Records(List.of(test), format.testRecords(), 0, format.testRecords());
        };
        Path unpacked =
                Files.isRegularFile(directory.resolve(records.files.get(0))) ? directory : directory.resolve(folder);
        Path packed = directory.resolve(archive);
        if (Files.isDirectory(unpacked)) {
            records.readFolder(unpacked);
        } else if (Files.isRegularFile(packed)) {
            records.readArchive(packed);
        } else {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "neither a folder %s nor a file %s in %s: put one of them there",
                    folder,
                    archive,
                    directory));
        }
        return StoredDataset.owning(name + " " + split, SHAPE, classes.size(), records.pixels, records.labels);
    }

    /** Some consecutive records of several files of the same size. */
    private final class Records {

        private final List<String> files;
        private final int perFile;
        private final int from;
        private final int to;
        private final byte[] pixels;
        private final byte[] labels;

        Records(List<String> files, int perFile, int from, int to) {
            this.files = files;
            this.perFile = perFile;
            this.from = from;
            this.to = to;
            this.pixels = new byte[(to - from) * SHAPE.size()];
            this.labels = new byte[to - from];
        }

        void readFolder(Path unpacked) {
            for (int i = from / perFile; i * perFile < to; i++) {
                Path file = unpacked.resolve(files.get(i));
                if (!Files.isRegularFile(file)) {
                    throw new DataException(String.format(
                            Locale.ROOT, "no file %s in %s: unpack %s again", files.get(i), unpacked, archive));
                }
                try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                    read(file.toString(), Files.size(file), bytes, i);
                } catch (IOException e) {
                    throw new DataException(String.format(Locale.ROOT, "cannot read %s: %s", file, e.getMessage()), e);
                }
            }
        }

        /** Reads the archive to its end, so that its checksum is checked. Its files may have any order. */
        void readArchive(Path packed) {
            Set<String> missing = new HashSet<>(files.subList(from / perFile, (to - 1) / perFile + 1));
            try (InputStream bytes = new GZIPInputStream(Files.newInputStream(packed), 1 << 16);
                    TarArchiveInputStream entries = new TarArchiveInputStream(bytes)) {
                for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                    if (missing.remove(file)) {
                        read(packed + ": " + file, entry.getSize(), entries, files.indexOf(file));
                    }
                }
                bytes.transferTo(OutputStream.nullOutputStream());
            } catch (ZipException e) {
                throw new DataException(
                        String.format(Locale.ROOT, "%s is damaged or not a gzip archive: %s", packed, e.getMessage()),
                        e);
            } catch (EOFException e) {
                throw new DataException(
                        String.format(Locale.ROOT, "%s is cut short: fetch the archive again", packed), e);
            } catch (IOException e) {
                throw new DataException(
                        String.format(
                                Locale.ROOT,
                                "%s is damaged or not a tar archive (%s): fetch the archive again",
                                packed,
                                e.getMessage()),
                        e);
            }
            if (!missing.isEmpty()) {
                throw new DataException(String.format(
                        Locale.ROOT, "%s holds no %s: it is not %s", packed, String.join(", ", missing), archive));
            }
        }

        private void read(String file, long size, InputStream bytes, int index) throws IOException {
            long expected = (long) perFile * format.size();
            if (size != expected) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s has %d bytes, expected %d (%d records of %d bytes): it is cut short or not of %s",
                        file,
                        size,
                        expected,
                        perFile,
                        format.size(),
                        name));
            }
            byte[] image = new byte[format.size()];
            for (int i = 0; i < perFile; i++) {
                if (bytes.readNBytes(image, 0, image.length) < image.length) {
                    throw new EOFException();
                }
                int label = image[format.labelBytes() - 1] & 0xff;
                if (label >= classes.size()) {
                    throw new DataException(String.format(
                            Locale.ROOT,
                            "%s: the label of record %d must be in [0, %d], got %d; the file is not of %s",
                            file,
                            i,
                            classes.size() - 1,
                            label,
                            name));
                }
                int place = index * perFile + i - from;
                if (place >= 0 && place < labels.length) {
                    labels[place] = (byte) label;
                    interleave(image, place * SHAPE.size());
                }
            }
        }

        /** Copies the three planes of a record to [H, W, C]. */
        private void interleave(byte[] image, int to) {
            int plane = SIDE * SIDE;
            for (int channel = 0; channel < CHANNELS; channel++) {
                int source = format.labelBytes() + channel * plane;
                for (int i = 0; i < plane; i++) {
                    pixels[to + i * CHANNELS + channel] = image[source + i];
                }
            }
        }
    }
}
