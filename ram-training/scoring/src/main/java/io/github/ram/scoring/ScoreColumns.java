package io.github.ram.scoring;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.github.ram.model.Box;
import io.github.ram.model.Prediction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The columns of a score. Their names are those of the service's answers. */
final class ScoreColumns {

    private static final StructType BOX = new StructType()
            .add("left", IntegerType)
            .add("top", IntegerType)
            .add("width", IntegerType)
            .add("height", IntegerType);

    private static final StructType GLIMPSE = new StructType()
            .add("step", IntegerType)
            .add("x", FloatType)
            .add("y", FloatType)
            .add("box", BOX);

    static final String ERROR = "error";

    static final StructType ALL = new StructType()
            .add("class", IntegerType)
            .add("label", StringType)
            .add("confidence", FloatType)
            .add("probabilities", createArrayType(FloatType))
            .add("glimpses", createArrayType(GLIMPSE))
            .add("model", StringType)
            .add(ERROR, StringType);

    private ScoreColumns() {}

    /**
     * Puts the values of an outcome into a row.
     *
     * @param row receives them from index {@code from}
     * @param model name and version of the model
     */
    static void put(Scorer.Outcome outcome, String model, Object[] row, int from) {
        Prediction prediction = outcome.prediction();
        if (prediction != null) {
            row[from] = prediction.classIndex();
            row[from + 1] = prediction.label();
            row[from + 2] = prediction.confidence();
            row[from + 3] = prediction.probabilities().toArray(Float[]::new);
            row[from + 4] =
                    prediction.glimpses().stream().map(ScoreColumns::row).toArray(Row[]::new);
        }
        row[from + 5] = model;
        row[from + 6] = outcome.error();
    }

    private static Row row(Prediction.Glimpse glimpse) {
        Box box = glimpse.box();
        return RowFactory.create(
                glimpse.step(),
                glimpse.x(),
                glimpse.y(),
                RowFactory.create(box.left(), box.top(), box.width(), box.height()));
    }
}
