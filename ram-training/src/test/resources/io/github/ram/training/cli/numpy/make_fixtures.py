"""Makes the archives and the expected answers beside this file, with NumPy and nothing of this project.

    python3 make_fixtures.py

The forward pass is written from the model's equations, in float64. Images are random blocks, so that every
glimpse sees something; the start is off the centre, so that x and y cannot be mixed up.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PATCH, STEPS, SIDE, CLASSES = 3, 4, 28, 10
HIDDEN = {"patch": 5, "location": 4, "glimpse": 7, "core": 6, "locator": 8}
MEAN, DEVIATION, PADDING, START = 0.2, 0.4, -0.3, (0.25, -0.5)

random = np.random.default_rng(2145)
layers = {
    "sensor.fc1": (PATCH * PATCH, HIDDEN["patch"]),
    "sensor.fc2": (2, HIDDEN["location"]),
    "sensor.fc3": (HIDDEN["patch"], HIDDEN["glimpse"]),
    "sensor.fc4": (HIDDEN["location"], HIDDEN["glimpse"]),
    "rnn.i2h": (HIDDEN["glimpse"], HIDDEN["core"]),
    "rnn.h2h": (HIDDEN["core"], HIDDEN["core"]),
    "locator.fc": (HIDDEN["core"], HIDDEN["locator"]),
    "locator.fc_lt": (HIDDEN["locator"], 2),
    "baseliner.fc": (HIDDEN["core"], 1),
    "classifier.fc": (HIDDEN["core"], CLASSES),
}
weights = {}
for name, (inputs, outputs) in layers.items():
    weights[name + ".weight"] = random.normal(0, 1 / inputs**0.5, (inputs, outputs)).astype(np.float32)
    weights[name + ".bias"] = random.normal(0, 0.3, outputs).astype(np.float32)

images = np.kron(random.integers(0, 256, (3, 7, 7)), np.ones((4, 4), int)).astype(np.uint8)


def linear(name, x):
    return x @ weights[name + ".weight"].astype(float) + weights[name + ".bias"].astype(float)


def relu(x):
    return np.maximum(x, 0)


def glimpse(image, location):
    left, top = (int(np.floor(0.5 * (c + 1) * SIDE)) - PATCH // 2 for c in location)
    patch = np.full((PATCH, PATCH), PADDING)
    for row in range(PATCH):
        for column in range(PATCH):
            if 0 <= top + row < SIDE and 0 <= left + column < SIDE:
                patch[row, column] = image[top + row, left + column]
    return patch.reshape(-1)


def rollout(pixels):
    image = (pixels / 255 - MEAN) / DEVIATION
    location = np.array(START)
    state = np.zeros(HIDDEN["core"])
    locations = []
    for _ in range(STEPS):
        locations.append(location)
        what = relu(linear("sensor.fc1", glimpse(image, location)))
        where = relu(linear("sensor.fc2", location))
        g = relu(linear("sensor.fc3", what) + linear("sensor.fc4", where))
        state = relu(linear("rnn.i2h", g) + linear("rnn.h2h", state))
        location = np.tanh(linear("locator.fc_lt", relu(linear("locator.fc", state))))
    exponents = np.exp(linear("classifier.fc", state))
    return exponents / exponents.sum(), np.array(locations)


def transposed(array):
    return array.T if array.ndim == 2 else array


paddle = weights
pytorch = {name: np.ascontiguousarray(transposed(array)) for name, array in weights.items()}
np.savez(HERE / "paddle-float32.npz", **paddle)
np.savez(HERE / "pytorch-float64.npz", **{name: array.astype("<f8") for name, array in pytorch.items()})
np.savez(HERE / "paddle-big-endian.npz", **{name: array.astype(">f4") for name, array in paddle.items()})
np.savez(HERE / "paddle-fortran.npz", **{name: np.asfortranarray(array) for name, array in paddle.items()})
np.savez_compressed(HERE / "pytorch-compressed.npz", **pytorch)
np.savez(HERE / "integers.npz", **{**paddle, "sensor.fc2.bias": np.arange(HIDDEN["location"])})

answers = []
for pixels in images:
    probabilities, locations = rollout(pixels)
    # Nothing may hang on the last bit: no patch on the edge of a pixel, no saturated policy, no certain class.
    edges = 0.5 * (locations + 1) * SIDE
    assert np.all(np.abs(edges - np.round(edges))[1:] > 1e-3) and np.abs(locations).max() < 0.999
    assert probabilities.min() > 1e-3
    answers.append({
        "pixels": pixels.reshape(-1).tolist(),
        "probabilities": probabilities.tolist(),
        "locations": locations.tolist(),
    })
(HERE / "expected.json").write_text(json.dumps(answers) + "\n")
