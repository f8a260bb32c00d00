{{- /* A name that a Service may have: no dots, and a letter first. */ -}}
{{- define "ram.name" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) -}}
{{- regexReplaceAll "^([0-9])" ($name | replace "." "-") "ram-${1}" | trunc 53 | trimSuffix "-" -}}
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

{{- /*
The options that say where the data set's files are. Downloaded, they are in a folder of their own, since data sets call
theirs the same; no release can have a name with this dot.
*/ -}}
{{- define "ram.data" -}}
{{- if .Values.data.claim -}}
--data=/data
{{- else if .Values.data.download -}}
--data=/runs/.data/{{ regexFind "--dataset[ =][a-z]+" (join " " .Values.arguments) | regexFind "[a-z]+$" | default "mnist" }} --download
{{- end -}}
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
{{- if and $v.sweep.seeds (regexMatch "(^|\n)--seed(=|\n|$)" (join "\n" $v.arguments)) -}}
{{- fail "arguments: a sweep gives each run its own --seed; leave it out" -}}
{{- end -}}
{{- if and $v.sweep.seeds (gt (int $v.sweep.parallelism) 1) (not $v.runs.claim) (ne $v.runs.accessMode "ReadWriteMany") -}}
{{- fail "sweep.parallelism: runs on several nodes need runs.accessMode ReadWriteMany, or a volume of your own in runs.claim" -}}
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
