package io.github.ram.training.data;

import java.nio.file.Path;

/** Reads a data set from its files, or draws it. */
public interface DatasetReader {

    /**
     * Shape and class labels of the images.
     *
     * @param directory where the files are; null for a data set without files
     * @throws DataException if they depend on files, and these are missing or damaged
     */
    Contents contents(Path directory);

    /**
     * One split. Opens only the files that the split needs.
     *
     * @param wanted the labels that the classes have in the result
     * @throws DataException if a file is missing, damaged, or not of this data set
     */
    Dataset load(Split split, Path directory, Contents wanted);
}
