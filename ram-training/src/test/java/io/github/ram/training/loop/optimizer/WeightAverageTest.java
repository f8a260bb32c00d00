package io.github.ram.training.loop.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.Parameters;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.training.loop.SmallModel;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    private final Weights weights = Weights.initial(SmallModel.NETWORK, 1);

    private float bias(Parameters of) {
        return of.arrays().get("baseliner.fc.bias").getFloat(0);
    }

    private void update(WeightAverage average, double bias, int step) {
        weights.arrays().get("baseliner.fc.bias").assign(bias);
        average.update(weights.parameters(), step);
    }

    @Test
    void theAverageForgetsItsBeginningFastAndThenMovesSlowly() {
        WeightAverage average = new WeightAverage(weights.parameters(), 0.75);

        update(average, 11, 1); // β = 2/11
        assertEquals(9, bias(average.parameters()), 1e-6);
        update(average, 5, 2); // β = 3/12
        assertEquals(6, bias(average.parameters()), 1e-6);
        update(average, 2, 1000); // β = 0.75
        assertEquals(5, bias(average.parameters()), 1e-6);
    }

    @Test
    void withoutDecayItIsTheWeightsOfTheLastStep() {
        WeightAverage average = new WeightAverage(weights.parameters(), 0);

        update(average, 11, 1);
        update(average, 3, 2);

        assertEquals(weights.arrays(), average.parameters().arrays());
    }

    @Test
    void theWeightsStayAsTheyAre() {
        WeightAverage average = new WeightAverage(weights.parameters(), 0.5);
        update(average, 8, 1000);

        assertEquals(8, bias(weights.parameters()));
        assertEquals(4, bias(average.parameters()), 1e-6);
    }
}
