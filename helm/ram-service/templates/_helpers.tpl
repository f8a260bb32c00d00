{{- /* A name that a Service may have: no dots, and a letter first. */ -}}
{{- define "ram.name" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) -}}
{{- regexReplaceAll "^([0-9])" ($name | replace "." "-") "ram-${1}" | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "ram.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: service
{{- end -}}

{{- define "ram.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "ram.labels" -}}
{{ include "ram.selector" . }}
{{ include "ram.commonLabels" . }}
{{- end -}}

{{- define "ram.metricsSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: metrics
{{- end -}}

{{- define "ram.testSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{- define "ram.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- $default := .Values.gpu.enabled | ternary (printf "%s-cuda" .Chart.AppVersion) .Chart.AppVersion -}}
{{- printf "%s:%s" $image.repository (default $default $image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* What the restricted Pod Security Standard asks of a pod. The user is the image's own. */ -}}
{{- define "ram.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "ram.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "ram.downloadPort" -}}
{{- $url := urlParse .Values.checkpoint.download.url -}}
{{- regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "http" | ternary "80" "443") -}}
{{- end -}}

{{- /* What no schema can say: combinations of values. */ -}}
{{- define "ram.check" -}}
{{- $v := .Values -}}
{{- if and (eq $v.checkpoint.source "claim") (not $v.checkpoint.claim.name) -}}
{{- fail "checkpoint.source is claim: set checkpoint.claim.name to the PersistentVolumeClaim that holds the model" -}}
{{- end -}}
{{- if and (eq $v.checkpoint.source "download") (not (and $v.checkpoint.download.url $v.checkpoint.download.sha256)) -}}
{{- fail "checkpoint.source is download: set checkpoint.download.url and checkpoint.download.sha256" -}}
{{- end -}}
{{- $reserved := dict
      "ram.checkpoint" "the chart sets it; say where the model is with checkpoint.source"
      "ram.shutdown-grace" "the chart sets it; set shutdown.graceSeconds"
      "ram.api-key" "a ConfigMap is no place for a secret; set apiKey.secretName"
      "ram.api-key-file" "the chart sets it; set apiKey.secretName"
      "server.port" "the chart's probes ask port 8080; set service.port"
      "server.ssl" "the chart's probes speak HTTP; have TLS end at an ingress or a gateway"
      "management.server.port" "the chart's metrics are at port 8081" -}}
{{- $config := default dict $v.config -}}
{{- range $property := include "ram.properties" (dict "prefix" "" "map" $config) | splitList "\n" -}}
{{- range $name, $reason := $reserved -}}
{{- if or (eq $property $name) (hasPrefix (printf "%s." $name) $property) -}}
{{- fail (printf "config.%s: %s" $name $reason) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $batch := dig "ram" "limits" "batch" 64 $config | int64 -}}
{{- $capacity := dig "ram" "queue" "capacity" nil $config -}}
{{- if and $capacity (lt (int64 $capacity) $batch) -}}
{{- fail (printf "config.ram.queue.capacity must be at least config.ram.limits.batch (%d), or no such request could be answered, got %d" $batch (int64 $capacity)) -}}
{{- end -}}
{{- if and $v.gpu.enabled $v.gpu.checkCapability (hasKey (default dict $v.affinity) "nodeAffinity") -}}
{{- fail "affinity.nodeAffinity: gpu.checkCapability sets it to nodes whose GPU can run the image; narrow them with nodeSelector, or set gpu.checkCapability to false" -}}
{{- end -}}
{{- if and (ne $v.autoscaling.kind "none") (kindIs "invalid" $v.autoscaling.cpuUtilization) (kindIs "invalid" $v.autoscaling.queueDepth) -}}
{{- fail "autoscaling.kind is set: set autoscaling.cpuUtilization, autoscaling.queueDepth or both" -}}
{{- end -}}
{{- if gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas must be at most maxReplicas (%d), got %d" (int $v.autoscaling.maxReplicas) (int $v.autoscaling.minReplicas)) -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.host) -}}
{{- fail "ingress.enabled: set ingress.host to the name under which the service is reached" -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.gateways) -}}
{{- fail "httpRoute.enabled: name at least one gateway in httpRoute.gateways" -}}
{{- end -}}
{{- $rollout := include "ram.rollout" . | fromYaml -}}
{{- if and (regexMatch "^0+%?$" (toString $rollout.maxSurge)) (regexMatch "^0+%?$" (toString $rollout.maxUnavailable)) -}}
{{- fail "rollout.maxSurge and rollout.maxUnavailable are both 0: no pod could ever be replaced" -}}
{{- end -}}
{{- end -}}

{{- /* The names of the properties in a map of settings, a line each, whether it is nested or has dots in its keys. */ -}}
{{- define "ram.properties" -}}
{{- range $key, $value := .map }}
{{- $name := printf "%s%s" $.prefix $key }}
{{ $name }}
{{- if kindIs "map" $value }}
{{- include "ram.properties" (dict "prefix" (printf "%s." $name) "map" $value) }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "ram.rollout" -}}
{{- $gpu := .Values.gpu.enabled -}}
{{- $rollout := default dict .Values.rollout -}}
maxSurge: {{ kindIs "invalid" $rollout.maxSurge | ternary ($gpu | ternary 0 1) $rollout.maxSurge | toJson }}
maxUnavailable: {{ kindIs "invalid" $rollout.maxUnavailable | ternary ($gpu | ternary 1 0) $rollout.maxUnavailable | toJson }}
{{- end -}}
