"""Triton's gRPC client against the service: python triton_grpc.py HOST:PORT PIXELS, a file of 784 bytes that show a seven."""

import asyncio
import sys
from queue import Queue

import numpy as np
import tritonclient.grpc as triton
import tritonclient.grpc.aio as aio
from tritonclient.utils import InferenceServerException

url, path = sys.argv[1:]
seven = np.fromfile(path, dtype=np.uint8).reshape(1, 28, 28)


def image(module, pixels, datatype):
    tensor = module.InferInput("image", list(pixels.shape), datatype)
    tensor.set_data_from_numpy(pixels)
    return [tensor]


def check(result):
    assert result.as_numpy("class").tolist() == [7], result.get_response()
    assert abs(result.as_numpy("probabilities").sum() - 1) < 1e-3, result.get_response()
    assert result.as_numpy("glimpses").shape == (1, 6, 2), result.get_response()


client = triton.InferenceServerClient(url)
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("ram")
assert client.get_server_metadata().name == "ram-service"
model = client.get_model_metadata("ram")
version = model.versions[0]
assert [tensor.name for tensor in model.outputs] == ["probabilities", "class", "glimpses"], model

scaled = seven / 255
for datatype, pixels in (("UINT8", seven), ("INT32", seven.astype(np.int32)), ("INT64", seven.astype(np.int64)),
                         ("FP16", scaled.astype(np.float16)), ("FP32", scaled.astype(np.float32)), ("FP64", scaled)):
    check(client.infer("ram", image(triton, pixels, datatype)))
for coding in ("gzip", "deflate"):
    check(client.infer("ram", image(triton, seven, "UINT8"), compression_algorithm=coding))

best = triton.InferRequestedOutput("probabilities", class_count=2)
result = client.infer("ram", image(triton, seven, "UINT8"), outputs=[best], model_version=version, request_id="42",
                      parameters={"rollouts": 3})
assert result.get_response().id == "42"
assert result.as_numpy("probabilities").shape == (1, 2)
assert result.as_numpy("probabilities")[0][0].endswith(b":7:7"), result.as_numpy("probabilities")

results = Queue()
for _ in range(200):
    client.async_infer("ram", image(triton, seven, "UINT8"), callback=lambda result, error: results.put((result, error)))
for _ in range(200):
    result, error = results.get()
    # The queue takes 64 requests at a time, so some of 200 may be too many.
    if error is None:
        check(result)
    else:
        assert error.status() == "StatusCode.RESOURCE_EXHAUSTED", error

for pixels, status, message in ((np.zeros_like(seven), "StatusCode.INVALID_ARGUMENT", "is blank"),
                                (seven.reshape(1, 784), "StatusCode.INVALID_ARGUMENT", "must be [-1, 28, 28]")):
    try:
        client.infer("ram", image(triton, pixels, "UINT8"))
        raise AssertionError("an image was answered that is not valid")
    except InferenceServerException as error:
        assert message in error.message() and error.status() == status, error
try:
    client.infer("ram", image(triton, np.repeat(seven, 64, axis=0), "UINT8"), client_timeout=1e-6)
    raise AssertionError("a deadline of a microsecond was long enough")
except InferenceServerException as error:
    assert error.status() == "StatusCode.DEADLINE_EXCEEDED", error


async def asynchronous():
    async with aio.InferenceServerClient(url) as client:
        assert await client.is_model_ready("ram")
        for result in await asyncio.gather(*[client.infer("ram", image(aio, seven, "UINT8")) for _ in range(20)]):
            check(result)


asyncio.run(asynchronous())
