#!/usr/bin/env bash
# Compares the packaged service with NVIDIA's Triton on this machine, with the same model and the same load, and prints a
# table. Both have their default settings. Triton runs the exported model by its Python backend and ONNX Runtime with one
# thread. Needs wrk, ghz, curl and Python 3 with venv, the network for PyPI, and: mvn -DskipTests package
#
#   ram-service/src/load/triton.sh [SECONDS a step, 10]
set -euo pipefail
cd "$(dirname "$0")/../../.."
step=${1:-10}
here=ram-service/src/load
source "$here/measure.sh"
work=$(mktemp -d)
processes=()
trap 'kill "${processes[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

# Triton, from the wheel of PyTriton.
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check nvidia-pytriton==0.7.0 onnxruntime==1.26.0
packages=$("$work/python/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
version=$("$work/python/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
triton=$packages/pytriton/tritonserver
cp -r "$triton/backends" "$work/backends"
cp "$triton/python_backend_stubs/$version/triton_python_backend_stub" "$work/backends/python/"
mkdir -p "$work/models/ram/1"
java -jar ram-training/target/ram-training.jar export --onnx "$work/models/ram/1/ram.onnx" >/dev/null
cat >"$work/models/ram/config.pbtxt" <<'CONFIG'
backend: "python"
max_batch_size: 256
input [{name: "image", data_type: TYPE_UINT8, dims: [28, 28]}]
output [{name: "probabilities", data_type: TYPE_FP32, dims: [10]}, {name: "class", data_type: TYPE_INT64, dims: [1]}]
dynamic_batching {}
instance_group [{kind: KIND_CPU, count: 1}]
CONFIG
{
  echo "import sys; sys.path.insert(0, '$packages')"
  cat "$here/triton_model.py"
} >"$work/models/ram/1/model.py"
libraries=$packages/nvidia_pytriton.libs:$("$work/python/bin/python" -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))')
LD_LIBRARY_PATH=$libraries "$triton/bin/tritonserver" --model-repository="$work/models" \
  --backend-directory="$work/backends" --http-address=127.0.0.1 --http-port=18000 --grpc-address=127.0.0.1 \
  --grpc-port=18001 --allow-metrics=false >"$work/triton.log" 2>&1 &
processes+=($!)

java -Djarmode=tools -jar ram-service/target/ram-service.jar extract --destination "$work/app" >/dev/null
java @ram-service/java.options -jar "$work/app/ram-service.jar" --server.port=18080 --management.server.port=18081 \
  --ram.grpc.enabled=true --ram.grpc.port=19000 >"$work/service.log" 2>&1 &
processes+=($!)

for server in 18000 18080; do
  for _ in $(seq 600); do
    if curl -fs -o "$work/ready" "localhost:$server/v2/models/ram/ready"; then break; fi
    sleep 0.1
  done
  curl -fsS -o "$work/ready" "localhost:$server/v2/models/ram/ready" || { tail -n 20 "$work"/*.log; exit 1; }
done

# Requests of one image and of 64 images: JSON, and binary as Triton's clients send it. Any bytes are an image.
numbers() { head -c "$1" docs/glimpses.png | od -An -v -tu1 | tr -s ' \n' ',' | sed 's/^,//; s/,$//'; }
header() { # IMAGES: the JSON in front of binary tensors
  printf '{"inputs":[{"name":"image","datatype":"UINT8","shape":[%d,28,28],"parameters":{"binary_data_size":%d}}],"outputs":[{"name":"class","parameters":{"binary_data":true}},{"name":"probabilities","parameters":{"binary_data":true}}]}' \
    "$1" $(($1 * 784))
}
printf '{"inputs":[{"name":"image","datatype":"UINT8","shape":[1,28,28],"data":[%s]}],"outputs":[{"name":"class"},{"name":"probabilities"}]}' \
  "$(numbers 784)" >"$work/json"
for images in 1 64; do
  header $images >"$work/binary$images"
  for _ in $(seq $images); do head -c 784 docs/glimpses.png; done >>"$work/binary$images"
done

# load PORT CONNECTIONS FILE [IMAGES of a binary request]: sets what measure.sh says
load() {
  local binary=(TYPE=application/json)
  if [ -n "${4:-}" ]; then binary=(TYPE=application/octet-stream "JSON_LENGTH=$(header "$4" | wc -c)"); fi
  post "http://127.0.0.1:$1/v2/models/ram/infer" "$2" "${seconds:-$step}" "BODY=$work/$3" "${binary[@]}"
}
tensor='{"model_name": "ram", "inputs": [{"name": "image", "datatype": "UINT8", "shape": [1, 28, 28]}],
  "outputs": [{"name": "class"}, {"name": "probabilities"}],
  "raw_input_contents": ["'$(head -c 784 docs/glimpses.png | base64 --wrap=0)'"]}'
# call PORT CLIENTS: the same, by gRPC
call() { infer "127.0.0.1:$1" "$tensor" "$2" 1 "${seconds:-$step}"; }
row() { # NAME COMMAND with PORT first, for both servers
  local ours
  "$2" "$3" "${@:5}"
  ours=$(printf '%s/s, p50 %s ms, p99 %s ms, %d refused' "$rate" "$p50" "$p99" $((refused + broken)))
  "$2" "$4" "${@:5}"
  printf '| %s | %s | %s/s, p50 %s ms, p99 %s ms, %d refused |\n' "$1" "$ours" "$rate" "$p50" "$p99" $((refused + broken))
}

for port in 18080 18000; do # until the compiler has done its work; not counted
  seconds=20 load $port 16 json
  seconds=10 load $port 4 binary64 64
done
seconds=10 call 19000 16
echo "| | this service | Triton |"
echo "|---|---|---|"
row "JSON, one client" load 18080 18000 1 json
row "JSON, 64 connections" load 18080 18000 64 json
row "binary, one client" load 18080 18000 1 binary1 1
row "binary, 64 connections" load 18080 18000 64 binary1 1
row "gRPC, one client" call 19000 18001 1
row "gRPC, 64 clients" call 19000 18001 64
for clients in 1 3 8 32; do
  row "batches of 64, binary, $clients clients" load 18080 18000 $clients binary64 64
done
