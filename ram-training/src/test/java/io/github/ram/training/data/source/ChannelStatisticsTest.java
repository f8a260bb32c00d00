package io.github.ram.training.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.training.data.StoredDataset;
import org.junit.jupiter.api.Test;

class ChannelStatisticsTest {

    @Test
    void eachChannelHasItsMeanAndDeviation() {
        byte[] pixels = {0, 51, 102, (byte) 255, 51, (byte) 204}; // red 0, 255; green 51, 51; blue 102, 204
        Normalisation input = ChannelStatistics.of(
                new StoredDataset("two pixels", new ImageShape(1, 2, 3), 2, pixels, new byte[] {1}));
        assertEquals(0.5, input.mean().get(0), 1e-12);
        assertEquals(0.2, input.mean().get(1), 1e-12);
        assertEquals(0.6, input.mean().get(2), 1e-12);
        assertEquals(0.5, input.deviation().get(0), 1e-12);
        assertEquals(1.0 / 255, input.deviation().get(1), 1e-12); // the same everywhere
        assertEquals(0.2, input.deviation().get(2), 1e-12);
        assertEquals(0, input.padding());
    }

    @Test
    void oneChannelHasABlackBackground() {
        byte[] pixels = {0, (byte) 255};
        Normalisation input = ChannelStatistics.of(
                new StoredDataset("two pixels", new ImageShape(1, 2, 1), 2, pixels, new byte[] {1}));
        assertEquals(-1, input.padding(), 1e-12);
    }
}
