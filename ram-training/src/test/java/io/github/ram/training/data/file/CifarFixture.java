package io.github.ram.training.data.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes files in CIFAR's layout with few records. */
public final class CifarFixture {

    /** Five files of 4 training images, and 3 test images. */
    public static final CifarReader SMALL = new CifarReader(
            "cifar10",
            CifarReader.CIFAR10.classes(),
            CifarReader.CIFAR10.folder(),
            CifarReader.CIFAR10.archive(),
            CifarReader.CIFAR10.training(),
            CifarReader.CIFAR10.test(),
            new CifarReader.RecordFormat(1, 4, 3));

    private CifarFixture() {}

    /** Records whose labels count up from the given one; pixel i of channel c of record r is r + 10·c + i / 32. */
    static byte[] records(int labelBytes, int records, int firstLabel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int r = 0; r < records; r++) {
            for (int label = 0; label < labelBytes; label++) {
                bytes.write(label + 1 < labelBytes ? 0 : firstLabel + r);
            }
            for (int channel = 0; channel < 3; channel++) {
                for (int i = 0; i < 1024; i++) {
                    bytes.write(r + 10 * channel + i / 32);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** The contents of a file of {@link #SMALL}; the labels of a training file begin with its index. */
    static byte[] file(String name) {
        int index = SMALL.training().indexOf(name);
        return index < 0 ? records(1, 3, 7) : records(1, 4, index);
    }

    /** Writes the folder of {@link #SMALL} into a directory. */
    public static Path folder(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(SMALL.folder()));
        for (String name : SMALL.training()) {
            Files.write(folder.resolve(name), file(name));
        }
        Files.write(folder.resolve(SMALL.test()), file(SMALL.test()));
        return folder;
    }

    /** Writes the archive of {@link #SMALL} with some files, in their order. */
    public static Path archive(Path directory, List<String> names) throws IOException {
        Path archive = directory.resolve(SMALL.archive());
        try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                byte[] contents = file(name);
                TarArchiveEntry entry = new TarArchiveEntry(SMALL.folder() + "/" + name);
                entry.setSize(contents.length);
                entry.setModTime(0); // so that two archives of the same files have the same bytes
                tar.putArchiveEntry(entry);
                tar.write(contents);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
