"""KServe's SDK against the service: python kserve_sdk.py HOST:PORT PIXELS, a file of 784 bytes that show a seven."""

import asyncio
import sys

import numpy as np
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

url, path = "http://" + sys.argv[1], sys.argv[2]
seven = np.fromfile(path, dtype=np.uint8).reshape(1, 28, 28)


async def main():
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    assert await client.is_server_live(url) and await client.is_server_ready(url)
    assert await client.is_model_ready(url, "ram")
    for binary in (False, True):
        tensor = InferInput("image", list(seven.shape), "UINT8")
        tensor.set_data_from_numpy(seven, binary_data=binary)
        answer = await client.infer(url, InferRequest("ram", [tensor]), model_name="ram")
        outputs = {output.name: output.as_numpy() for output in answer.outputs}
        assert outputs["class"].tolist() == [7], answer
    await client.close()


asyncio.run(main())
