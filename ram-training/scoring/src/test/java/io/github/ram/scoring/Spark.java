package io.github.ram.scoring;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark in the test's process, with two cores. */
final class Spark implements AutoCloseable {

    private final SparkSession session;

    Spark() {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        System.setProperty("spark.driver.host", "localhost");
        System.setProperty("spark.sql.shuffle.partitions", "2");
        session = Session.start();
    }

    SparkSession session() {
        return session;
    }

    Dataset<Row> parquet(Path folder) {
        return session.read().parquet(folder.toString());
    }

    @Override
    public void close() {
        session.stop();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark."))
                .forEach(System::clearProperty);
    }
}
