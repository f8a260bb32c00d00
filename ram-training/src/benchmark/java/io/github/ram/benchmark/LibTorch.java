package io.github.ram.benchmark;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import java.io.ByteArrayInputStream;
import onnx.Onnx.ModelProto;

/** The exported graph in libtorch, as TorchScript. Threads share one module, and with it the weights. */
final class LibTorch implements Contender {

    private final ImageShape image;
    private final Model module;

    LibTorch(Checkpoint model, int threads) throws Exception {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        RamSpec spec = (RamSpec) model.model();
        image = spec.image();
        ModelProto onnx = ModelProto.parseFrom(spec.onnx("ram", model));
        module = Model.newInstance("ram", Device.cpu(), "PyTorch");
        module.load(new ByteArrayInputStream(TorchScript.archive(onnx.getGraph())));
    }

    @Override
    public Batch batch(byte[] pixels, int n) {
        NDManager manager = module.getNDManager().newSubManager();
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (pixels[i] & 0xff) / 255f;
        }
        NDArray images = manager.create(values, new Shape(n, image.height(), image.width(), image.channels()));
        Block block = module.getBlock();
        ParameterStore parameters = new ParameterStore(manager, false);
        return new Batch() {

            private float[] probabilities;

            @Override
            public void run() {
                try (NDList outputs = block.forward(parameters, new NDList(images), false)) {
                    probabilities = outputs.get(0).toFloatArray();
                    outputs.get(1).toFloatArray();
                }
            }

            @Override
            public float[] probabilities() {
                return probabilities;
            }

            @Override
            public void close() {
                manager.close();
            }
        };
    }

    @Override
    public void close() {
        module.close();
    }
}
