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
{{- end -}}

{{- define "ram.labels" -}}
{{ include "ram.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
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

{{- define "ram.runsClaim" -}}
{{- default (printf "%s-runs" (include "ram.name" .)) .Values.runs.claim -}}
{{- end -}}

{{- /* What no schema can say: combinations of values. */ -}}
{{- define "ram.check" -}}
{{- $v := .Values -}}
{{- range $option := list "--out" "--data" "--resume" "--download" -}}
{{- range $argument := $v.arguments -}}
{{- if or (eq $argument $option) (hasPrefix (printf "%s=" $option) $argument) -}}
{{- fail (printf "arguments: the chart sets %s itself; leave it out" $option) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $v.sweep.seeds (has "--seed" $v.arguments) -}}
{{- fail "arguments: a sweep gives each run its own --seed; leave it out" -}}
{{- end -}}
{{- if and $v.data.claim $v.data.download -}}
{{- fail "data.claim and data.download: choose one" -}}
{{- end -}}
{{- if and $v.gpu.enabled $v.gpu.checkCapability (hasKey (default dict $v.affinity) "nodeAffinity") -}}
{{- fail "affinity.nodeAffinity: gpu.checkCapability sets it to nodes whose GPU can run the image; narrow them with nodeSelector, or set gpu.checkCapability to false" -}}
{{- end -}}
{{- end -}}

{{- /*
The GPUs that the image has machine code for. It is compiled for 3.7, 5.0 to 8.6; a GPU runs code of its own
major version and an equal or lower minor one. There is no PTX to compile for others.
*/ -}}
{{- define "ram.capability" -}}
nodeAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    nodeSelectorTerms:
      - matchExpressions:
          - {key: nvidia.com/gpu.compute.major, operator: In, values: ["5", "6", "7", "8"]}
      - matchExpressions:
          - {key: nvidia.com/gpu.compute.major, operator: In, values: ["3"]}
          - {key: nvidia.com/gpu.compute.minor, operator: In, values: ["7"]}
{{- end -}}

{{- define "ram.resources" -}}
{{- $resources := deepCopy .Values.resources -}}
{{- if .Values.gpu.enabled -}}
{{- $_ := set $resources.limits .Values.gpu.resource .Values.gpu.count -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end -}}
