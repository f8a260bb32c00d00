package io.github.ram.scoring;

import java.util.Collections;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.util.SerializableConfiguration;

/** The function of SQL: a picture in, a structure of {@link ScoreColumns} out. */
final class PredictFunction implements UDF1<Object, Row> {

    private static final long serialVersionUID = 1L;

    private final Broadcast<ScoringModel> model;
    private final Broadcast<SerializableConfiguration> files;

    private transient Scorer scorer; // null before the first call in a task

    PredictFunction(Broadcast<ScoringModel> model, Broadcast<SerializableConfiguration> files) {
        this.model = model;
        this.files = files;
    }

    /** Each task has its copy of the function. Only the driver, where Spark computes constants, may share it. */
    @Override
    public synchronized Row call(Object picture) {
        if (scorer == null) {
            scorer = Scorer.ofTask(model.value(), files.value().value());
        }
        Object[] values = new Object[ScoreColumns.ALL.length()];
        ScoreColumns.put(
                scorer.score(Collections.singletonList(picture)).get(0),
                model.value().checkpoint().toString(),
                values,
                0);
        return RowFactory.create(values);
    }
}
