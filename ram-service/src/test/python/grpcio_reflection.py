"""Asks the service for a seven by the protocol that reflection describes: python grpcio_reflection.py HOST:PORT PIXELS."""

import sys

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

url, path = sys.argv[1:]
with open(path, "rb") as file:
    seven = file.read()

channel = grpc.insecure_channel(url)
database = ProtoReflectionDescriptorDatabase(channel)
assert "inference.GRPCInferenceService" in database.get_services(), database.get_services()
pool = DescriptorPool(database)
Request, Response = (GetMessageClass(pool.FindMessageTypeByName("inference.ModelInfer" + name)) for name in ("Request", "Response"))
infer = channel.unary_unary(
    "/inference.GRPCInferenceService/ModelInfer",
    request_serializer=Request.SerializeToString,
    response_deserializer=Response.FromString,
)
tensor = {"name": "image", "datatype": "UINT8", "shape": [1, 28, 28], "contents": {"uint_contents": list(seven)}}
answer = infer(Request(model_name="ram", inputs=[tensor]))
classes = next(output for output in answer.outputs if output.name == "class")
assert list(classes.contents.int64_contents) == [7], answer
