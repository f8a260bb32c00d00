#!/usr/bin/env bash
# Starts the packaged service with its default settings as its image does, puts load on it from this machine and
# prints a table. Needs wrk and curl (both are Debian packages), and: mvn -DskipTests package
# With ghz (go install github.com/bojand/ghz/cmd/ghz@latest) it measures gRPC too.
#
#   ram-service/src/load/load.sh [SECONDS a step, 10] [SECONDS of overload, 60] [SECONDS of soak, 0: none]
set -euo pipefail
cd "$(dirname "$0")/../../.."
step=${1:-10} overload=${2:-60} soak=${3:-0}
here=ram-service/src/load
source "$here/measure.sh"
url=http://localhost:18080
service= # its process, once there is one
grpc=()
if command -v ghz >/dev/null; then grpc=(--ram.grpc.enabled=true --ram.grpc.port=19000); fi
work=$(mktemp -d)

now() { date +%s%N; }
# start JVM-OPTION: leaves it running as $service
start() {
  java "$1" @ram-service/java.options -jar "$work/app/ram-service.jar" \
    --server.port=18080 --management.server.port=18081 "${grpc[@]}" >"$work/log" 2>&1 &
  service=$!
  until curl -fs -o "$work/ready" "$url/readyz"; do
    if ! kill -0 "$service" 2>/dev/null; then cat "$work/log"; exit 1; fi
    sleep 0.1 # each question costs what the start needs
  done
}
trap 'kill "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
java -Djarmode=tools -jar ram-service/target/ram-service.jar extract --destination "$work/app" >/dev/null
start -XX:ArchiveClassesAtExit="$work/classes.jsa"
kill "$service"
wait "$service" || true
begin=$(now)
start -XX:SharedArchiveFile="$work/classes.jsa"
ready=$(( ($(now) - begin) / 1000000 ))

memory() { awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$service/status"; }
# Of the refusals that the service counts, those for a full queue.
queue_full() {
  curl -fs http://localhost:18081/actuator/prometheus |
    awk '/^ram_rejected_total\{reason="queue_full"\}/ {print int($2)}'
}

form="$work/form"
for _ in $(seq 64); do
  printf -- '--b\r\nContent-Disposition: form-data; name="image"; filename="7.png"\r\n\r\n'
  cat docs/seven.png
  printf '\r\n'
done >"$form"
printf -- '--b--\r\n' >>"$form"

# load CONNECTIONS SECONDS [batch]: sets what measure.sh says
load() {
  local path=/v1/predictions body=docs/seven.png type=image/png
  if [ "${3:-}" = batch ]; then
    path=/v1/predictions/batch body=$form type='multipart/form-data; boundary=b'
  fi
  post "$url$path" "$1" "$2" "BODY=$body" "TYPE=$type"
}

# Any 784 bytes are an image.
tensor='{"model_name": "ram", "inputs": [{"name": "image", "datatype": "UINT8", "shape": [1, 28, 28]}],
  "raw_input_contents": ["'$(head -c 784 docs/glimpses.png | base64 --wrap=0)'"]}'
# call CLIENTS CONNECTIONS SECONDS: the same, by gRPC
call() { infer localhost:19000 "$tensor" "$@"; }

load 16 30 # until the compiler has done its work; not counted
load 2 10 batch

echo "| figure | measured |"
echo "|---|---|"
echo "| start to ready | $ready ms |"
if [ ${#grpc[@]} -gt 0 ]; then call 16 1 30; fi
load 1 "$step"
echo "| one client, one PNG image a request | p50 $p50 ms, p99 $p99 ms, $rate requests/s, $((refused + broken)) errors |"
load 64 "$step"
saturated=$p99
echo "| 64 connections | $rate requests/s, p99 $p99 ms, $((refused + broken)) errors |"
empty=$(wrk -t1 -c64 -d"${step}s" --latency "$url/v2/health/live" |
  awk '/Requests\/sec/ {rate = $2} $1 == "99%" {p99 = $2} END {print rate " requests/s, p99 " p99}')
echo "| … of an endpoint that does nothing, for comparison | $empty |"
load 2 "$step" batch # as many as the queue has room for
echo "| batches of 64 images, 2 connections | $(awk "BEGIN {printf \"%.0f\", 64 * $rate}") images/s, p99 $p99 ms, $((refused + broken)) errors |"
if [ ${#grpc[@]} -gt 0 ]; then
  call 1 1 "$step"
  echo "| gRPC, one client | p50 $p50 ms, p99 $p99 ms, $rate calls/s, $broken errors |"
  call 64 1 "$step"
  echo "| gRPC, 64 clients on one connection | $rate calls/s, p99 $p99 ms, $broken errors |"
  call 64 64 "$step"
  echo "| gRPC, 64 clients on 64 connections | $rate calls/s, p99 $p99 ms, $broken errors |"
fi
before=$(queue_full)
small=$(memory)
load 256 "$overload"
after=$(queue_full)
echo "| 256 connections for $overload s | $good answered 200 ($rate/s), $refused refused, $((after - before)) of them with 429, $broken broken |"
echo "| … p99 of the 200s | at most $p99 ms, $(awk "BEGIN {printf \"%.1f\", $p99 / $saturated}") × that at 64 connections |"
echo "| … resident memory before and after | $small MB, $(memory) MB |"
if [ "$soak" -gt 0 ]; then
  load 64 120
  early=$(memory)
  load 64 $((soak - 120))
  echo "| soak, $soak s | $((refused + broken)) errors; $early MB after two minutes, $(memory) MB at the end |"
fi
echo "| resident memory after all | $(memory) MB |"
