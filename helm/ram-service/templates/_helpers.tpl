{{- /* The name of the objects. A Service allows no dots, and needs a letter first. */ -}}
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
{{- $default := .Values.gpu.enabled | ternary (printf "%s-%s" .Chart.AppVersion .Values.gpu.build) .Chart.AppVersion -}}
{{- printf "%s:%s" $image.repository (default $default $image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* The restricted Pod Security Standard requires this. The user is the image's user. */ -}}
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

{{- /* Rejects combinations of values that the schema cannot describe. */ -}}
{{- define "ram.check" -}}
{{- $v := .Values -}}
{{- if and (eq $v.checkpoint.source "claim") (not $v.checkpoint.claim.name) -}}
{{- fail "checkpoint.source is claim: set checkpoint.claim.name to the PersistentVolumeClaim that holds the model" -}}
{{- end -}}
{{- if and (eq $v.checkpoint.source "download") (not (and $v.checkpoint.download.url $v.checkpoint.download.sha256)) -}}
{{- fail "checkpoint.source is download: set checkpoint.download.url and checkpoint.download.sha256" -}}
{{- end -}}
{{- $reserved := dict
      "ram.checkpoint" "the chart sets it; set checkpoint.source"
      "ram.shutdown-grace" "the chart sets it; set shutdown.graceSeconds"
      "ram.grpc" "the chart sets it; set grpc.enabled"
      "ram.api-key" "a ConfigMap is not secret; set apiKey.secretName"
      "ram.api-key-file" "the chart sets it; set apiKey.secretName"
      "server.port" "the chart's probes use port 8080; set service.port"
      "server.ssl" "the chart's probes use HTTP; end TLS at an ingress or a gateway"
      "management.server.port" "the chart's metrics use port 8081" -}}
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
{{- fail (printf "config.ram.queue.capacity must be at least config.ram.limits.batch (%d), the largest request, got %d" $batch (int64 $capacity)) -}}
{{- end -}}
{{- if and $v.gpu.enabled $v.gpu.checkCapability (hasKey (default dict $v.affinity) "nodeAffinity") -}}
{{- fail "affinity.nodeAffinity: gpu.checkCapability sets it to nodes whose GPU can run the image; use nodeSelector, or set gpu.checkCapability to false" -}}
{{- end -}}
{{- if and (ne $v.autoscaling.kind "none") (kindIs "invalid" $v.autoscaling.cpuUtilization) (kindIs "invalid" $v.autoscaling.queueDepth) -}}
{{- fail "autoscaling.kind is set: set autoscaling.cpuUtilization, autoscaling.queueDepth or both" -}}
{{- end -}}
{{- if gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas must be at most maxReplicas (%d), got %d" (int $v.autoscaling.maxReplicas) (int $v.autoscaling.minReplicas)) -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.host) -}}
{{- fail "ingress.enabled: set ingress.host to the name of the service for its clients" -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.gateways) -}}
{{- fail "httpRoute.enabled: name at least one gateway in httpRoute.gateways" -}}
{{- end -}}
{{- $rollout := include "ram.rollout" . | fromYaml -}}
{{- if and (regexMatch "^0+%?$" (toString $rollout.maxSurge)) (regexMatch "^0+%?$" (toString $rollout.maxUnavailable)) -}}
{{- fail "rollout.maxSurge and rollout.maxUnavailable are both 0, so no upgrade could replace a pod; set one of them above 0" -}}
{{- end -}}
{{- end -}}

{{- /* The property names in a map of settings, one a line; the map may be nested or have dots in its keys. */ -}}
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

{{- /*
The number of pods, or nothing while an autoscaler decides. A Deployment that loses its number falls to one pod until
the autoscaler acts, so an upgrade keeps the number that the cluster has, and at least the autoscaler's minimum.
*/ -}}
{{- define "ram.replicas" -}}
{{- $scaling := .Values.autoscaling -}}
{{- if eq $scaling.kind "none" -}}
{{- .Values.replicas | int64 -}}
{{- else if .Release.IsUpgrade -}}
{{- with lookup "apps/v1" "Deployment" .Release.Namespace (include "ram.name" .) -}}
{{- max (int64 .spec.replicas) (int64 $scaling.minReplicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}
