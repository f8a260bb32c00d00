# For load.sh and triton.sh, which set $here and the folder $work. Each function sets good, refused, broken, rate
# (a second), p50 and p99 (ms).

# post URL CONNECTIONS SECONDS NAME=VALUE…: by wrk, with the environment that post.lua names
post() {
  env "${@:4}" wrk -t1 -c"$2" -d"$3s" --timeout 10s -s "$here/post.lua" "$1" >"$work/wrk"
  read -r _ good refused broken rate p50 p99 < <(grep '^RESULT' "$work/wrk")
}

# infer ADDRESS REQUEST CLIENTS CONNECTIONS SECONDS: ModelInfer by ghz, with a request in JSON
infer() {
  ghz --insecure --proto ram-service/src/main/protobuf/open_inference.proto --data "$2" --duration-stop wait \
    --call inference.GRPCInferenceService.ModelInfer --concurrency "$3" --connections "$4" --duration "$5s" \
    "$1" >"$work/ghz"
  refused=0
  read -r good broken rate p50 p99 < <(awk '
    /Count:/ {count = $2} /Requests\/sec:/ {rate = $2} / 50 % in/ {p50 = $4} / 99 % in/ {p99 = $4}
    $1 == "[OK]" {good = $2} END {print good, count - good, rate, p50, p99}' "$work/ghz")
}
