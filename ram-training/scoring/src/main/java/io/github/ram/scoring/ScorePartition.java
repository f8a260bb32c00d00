package io.github.ram.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Scores the rows of one task, in batches. The picture is a row's last column; the score's columns take its place. */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final Broadcast<ScoringModel> model;
    private final Broadcast<SerializableConfiguration> files;

    ScorePartition(Broadcast<ScoringModel> model, Broadcast<SerializableConfiguration> files) {
        this.model = model;
        this.files = files;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Scorer scorer = Scorer.ofTask(model.value(), files.value().value());
        return new Scored(rows, scorer, model.value().checkpoint().toString());
    }

    private static final class Scored implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final Scorer scorer;
        private final String model;
        private final Queue<Row> ready = new ArrayDeque<>();

        Scored(Iterator<Row> rows, Scorer scorer, String model) {
            this.rows = rows;
            this.scorer = scorer;
            this.model = model;
        }

        @Override
        public boolean hasNext() {
            return !ready.isEmpty() || rows.hasNext();
        }

        @Override
        public Row next() {
            if (ready.isEmpty()) {
                scoreBatch();
            }
            return ready.remove();
        }

        private void scoreBatch() {
            List<Row> batch = new ArrayList<>();
            List<Object> pictures = new ArrayList<>();
            while (batch.size() < ScoringModel.BATCH && rows.hasNext()) {
                Row row = rows.next();
                batch.add(row);
                pictures.add(row.get(row.size() - 1));
            }
            if (batch.isEmpty()) {
                throw new NoSuchElementException();
            }
            List<Scorer.Outcome> outcomes = scorer.score(pictures);
            for (int i = 0; i < batch.size(); i++) {
                Row row = batch.get(i);
                int keys = row.size() - 1;
                Object[] values = new Object[keys + ScoreColumns.ALL.length()];
                for (int k = 0; k < keys; k++) {
                    values[k] = row.get(k);
                }
                ScoreColumns.put(outcomes.get(i), model, values, keys);
                ready.add(RowFactory.create(values));
            }
        }
    }
}
