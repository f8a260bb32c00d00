package io.github.ram.scoring;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The command's Spark session. A setting of the user, {@code --conf} or {@code -Dspark.…}, takes precedence. */
final class Session {

    private Session() {}

    static SparkSession start() {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.app.name", "ram-scoring");
        if (!conf.contains("spark.master")) {
            conf.set("spark.master", "local[*]");
            conf.setIfMissing("spark.ui.enabled", "false");
            // Nobody else is to reach an embedded Spark.
            conf.setIfMissing("spark.driver.host", "localhost");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        conf.setIfMissing("spark.log.level", "WARN");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Scoring takes longer than reading: smaller tasks than Spark's share the work better. A picture file costs
        // little to open, and Spark would make a task of each 32.
        conf.setIfMissing("spark.sql.files.maxPartitionBytes", "16m");
        conf.setIfMissing("spark.sql.files.openCostInBytes", "64k");
        // Spark's 4096 pictures do not fit the memory if they are large.
        conf.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "128");
        return SparkSession.builder().config(conf).getOrCreate();
    }
}
