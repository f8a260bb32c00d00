"""Triton's HTTP client against the service: python triton_http.py HOST:PORT PIXELS, a file of 784 bytes that show a seven."""

import asyncio
import sys

import numpy as np
import tritonclient.http as http
import tritonclient.http.aio as aio
from tritonclient.utils import InferenceServerException

url, path = sys.argv[1:]
seven = np.fromfile(path, dtype=np.uint8).reshape(1, 28, 28)


def image(module, pixels, datatype, binary):
    tensor = module.InferInput("image", list(pixels.shape), datatype)
    tensor.set_data_from_numpy(pixels, binary_data=binary)
    return [tensor]


def check(result):
    assert result.as_numpy("class").tolist() == [7], result.get_response()
    assert abs(result.as_numpy("probabilities").sum() - 1) < 1e-3, result.get_response()


client = http.InferenceServerClient(url)
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("ram")
version = client.get_model_metadata("ram")["versions"][0]
assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
assert client.get_model_config("ram", version)["max_batch_size"] == 64
assert client.get_model_repository_index() == [{"name": "ram", "version": version, "state": "READY", "reason": ""}]

for coding in (None, "gzip", "deflate"):
    for binary in (True, False):
        check(client.infer("ram", image(http, seven, "UINT8", binary), request_compression_algorithm=coding,
                           response_compression_algorithm=coding))

scaled = seven / 255
for datatype, pixels in (("INT32", seven.astype(np.int32)), ("INT64", seven.astype(np.int64)),
                         ("FP16", scaled.astype(np.float16)), ("FP32", scaled.astype(np.float32)), ("FP64", scaled)):
    check(client.infer("ram", image(http, pixels, datatype, True)))
    if datatype != "FP16":  # The client sends halves as bytes only.
        check(client.infer("ram", image(http, pixels, datatype, False)))

best = http.InferRequestedOutput("probabilities", class_count=2)
result = client.infer("ram", image(http, seven, "UINT8", True), outputs=[best], model_version=version)
assert result.as_numpy("probabilities").shape == (1, 2)

for pending in [client.async_infer("ram", image(http, seven, "UINT8", True)) for _ in range(20)]:
    check(pending.get_result())

statistics = client.get_inference_statistics("ram")["model_stats"][0]
assert statistics["inference_count"] >= 30, statistics
assert client.get_inference_statistics()["model_stats"][0]["name"] == "ram"

try:
    client.infer("ram", image(http, np.zeros_like(seven), "UINT8", True))
    raise AssertionError("a blank image was answered")
except InferenceServerException as error:
    assert "is blank" in error.message() and error.status() == "422", error


async def asynchronous():
    async with aio.InferenceServerClient(url) as client:
        assert await client.is_model_ready("ram")
        for coding in (None, "gzip"):
            check(await client.infer("ram", image(aio, seven, "UINT8", True), request_compression_algorithm=coding))


asyncio.run(asynchronous())
