package io.github.ram.training.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void streamsAreTheSameOnEveryMachineAndInEveryRelease() {
        assertEquals(6791897765849424158L, RandomStream.WEIGHTS.at(1).nextLong());
        assertEquals(-8018259679572666645L, RandomStream.ORDER.at(1, 1).nextLong());
        assertEquals(-4150571334548968596L, RandomStream.NOISE.at(1, 2, 3).nextLong());
    }

    @Test
    void purposeSeedEpochAndStepAllMakeAnotherStream() {
        List<Long> firsts = new ArrayList<>();
        for (RandomStream purpose : RandomStream.values()) {
            for (int epoch = 0; epoch < 20; epoch++) {
                for (int step = 0; step < 20; step++) {
                    firsts.add(purpose.at(1, epoch, step).nextLong());
                }
            }
        }
        for (int seed = 5; seed < 100; seed++) {
            firsts.add(RandomStream.NOISE.at(seed, 0, 0).nextLong());
        }

        assertEquals(4 * 20 * 20 + 95, new HashSet<>(firsts).size());
        assertEquals(4 * 20 * 20 + 95, firsts.size());
    }

    @Test
    void epochAndStepDoNotChangePlaces() {
        assertEquals(
                2,
                new HashSet<>(List.of(
                                RandomStream.NOISE.at(1, 2, 3).nextLong(),
                                RandomStream.NOISE.at(1, 3, 2).nextLong()))
                        .size());
    }
}
