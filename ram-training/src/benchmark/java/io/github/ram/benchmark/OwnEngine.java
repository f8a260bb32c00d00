package io.github.ram.benchmark;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.rollout.RolloutBatch;

/** One of this project's engines. */
final class OwnEngine implements Contender {

    private final RamSpec model;
    private final RolloutEngine engine;

    OwnEngine(Checkpoint checkpoint, String name) {
        model = (RamSpec) checkpoint.model();
        engine = RolloutEngine.of(EngineChoice.named(name), model, checkpoint);
    }

    @Override
    public Batch batch(byte[] pixels, int n) {
        RolloutEngine own = engine.fork();
        RolloutBatch batch = RolloutBatch.of(model.network(), n);
        float[] normalised = model.input().table();
        for (int b = 0; b < n; b++) {
            batch.image(b, pixels, b * model.network().image().size(), normalised);
        }
        batch.start(model.start().location());
        return new Batch() {

            @Override
            public void run() {
                own.run(batch);
            }

            @Override
            public float[] probabilities() {
                return batch.probabilities();
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}
