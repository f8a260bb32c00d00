{{- define "ram.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
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

{{- /* What no schema can say: combinations of values. */ -}}
{{- define "ram.check" -}}
{{- $v := .Values -}}
{{- if and (eq $v.checkpoint.source "claim") (not $v.checkpoint.claim.name) -}}
{{- fail "checkpoint.source is claim: set checkpoint.claim.name to the PersistentVolumeClaim that holds the model" -}}
{{- end -}}
{{- if and (eq $v.checkpoint.source "download") (not (and $v.checkpoint.download.url $v.checkpoint.download.sha256)) -}}
{{- fail "checkpoint.source is download: set checkpoint.download.url and checkpoint.download.sha256" -}}
{{- end -}}
{{- if dig "ram" "checkpoint" "" $v.config -}}
{{- fail "config.ram.checkpoint: the chart sets it; say where the model is with checkpoint.source" -}}
{{- end -}}
{{- if dig "ram" "shutdown-grace" "" $v.config -}}
{{- fail "config.ram.shutdown-grace: the chart sets it; set shutdown.graceSeconds" -}}
{{- end -}}
{{- if and $v.gpu.enabled $v.gpu.checkCapability (hasKey $v.affinity "nodeAffinity") -}}
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
{{- if and (eq (toString $rollout.maxSurge) "0") (eq (toString $rollout.maxUnavailable) "0") -}}
{{- fail "rollout.maxSurge and rollout.maxUnavailable are both 0: no pod could ever be replaced" -}}
{{- end -}}
{{- end -}}

{{- define "ram.rollout" -}}
{{- $gpu := .Values.gpu.enabled -}}
maxSurge: {{ kindIs "invalid" .Values.rollout.maxSurge | ternary ($gpu | ternary 0 1) .Values.rollout.maxSurge | toJson }}
maxUnavailable: {{ kindIs "invalid" .Values.rollout.maxUnavailable | ternary ($gpu | ternary 1 0) .Values.rollout.maxUnavailable | toJson }}
{{- end -}}
