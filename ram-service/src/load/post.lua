-- For wrk: posts one file over and over, and prints one line that the scripts read.
-- Environment: BODY, the file; TYPE, its Content-Type; JSON_LENGTH, the length of the JSON before binary tensors.
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = os.getenv("TYPE")
local json = os.getenv("JSON_LENGTH")
if json then wrk.headers["Inference-Header-Content-Length"] = json end
file:close()

-- Latencies in ms. Where some answers are refusals, which come sooner than the others, the 99th percentile
-- of the good ones is at most the percentile of all that leaves out 1 % of the number of good ones.
function done(summary, latency, requests)
  local refused = summary.errors.status
  local good = summary.requests - refused
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  local share = summary.requests > 0 and good / summary.requests or 1
  io.write(string.format("RESULT %d %d %d %.1f %.3f %.3f\n", good, refused, broken,
    good / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(100 - share) / 1000))
end
