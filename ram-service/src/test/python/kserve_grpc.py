"""KServe's gRPC client against the service: python kserve_grpc.py HOST:PORT PIXELS, a file of 784 bytes that show a seven."""

import asyncio
import sys

import numpy as np
from kserve import InferenceGRPCClient, InferInput, InferRequest

url, path = sys.argv[1:]
seven = np.fromfile(path, dtype=np.uint8).reshape(1, 28, 28)


async def main():
    async with InferenceGRPCClient(url) as client:
        assert await client.is_server_live() and await client.is_server_ready()
        assert await client.is_model_ready("ram")
        for raw in (False, True):
            tensor = InferInput("image", list(seven.shape), "UINT8")
            tensor.set_data_from_numpy(seven, binary_data=raw)
            answer = await client.infer(InferRequest("ram", [tensor]))
            outputs = {output.name: output.as_numpy() for output in answer.outputs}
            assert outputs["class"].tolist() == [7], answer


asyncio.run(main())
