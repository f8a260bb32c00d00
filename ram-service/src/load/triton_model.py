"""The model of triton.sh for Triton's Python backend: the exported ONNX graph in ONNX Runtime, on one thread."""

import os

import numpy as np
import onnxruntime
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        folder = os.path.join(args["model_repository"], args["model_version"])
        self.session = onnxruntime.InferenceSession(os.path.join(folder, "ram.onnx"), options)

    def execute(self, requests):
        """Runs the images of all waiting requests as one batch."""
        images = [pb_utils.get_input_tensor_by_name(request, "image").as_numpy() for request in requests]
        pixels = np.concatenate(images).astype(np.float32) / 255
        inputs = self.session.get_inputs()
        probabilities = self.session.run(["probabilities"], {inputs[0].name: pixels.reshape(-1, 28, 28, 1)})[0]
        responses = []
        first = 0
        for image in images:
            part = probabilities[first : first + len(image)]
            first += len(image)
            responses.append(
                pb_utils.InferenceResponse(
                    [
                        pb_utils.Tensor("probabilities", part),
                        pb_utils.Tensor("class", part.argmax(axis=1).astype(np.int64)[:, None]),
                    ]
                )
            )
        return responses
