package io.github.ram.service.oip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.model.ServedModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMetadataTest {

    @ParameterizedTest
    @CsvSource({"blas, ram_blas", "onnxruntime, onnxruntime_onnx", "samediff, deeplearning4j_samediff"})
    void thePlatformIsTheEngineThatRunsTheModel(String engine, String platform) {
        ServedModel served = new ServedModel(Checkpoint.bundled().manifest(), engine, "cpu", null, null);

        assertThat(ModelMetadata.of("ram", served).platform()).isEqualTo(platform);
    }
}
