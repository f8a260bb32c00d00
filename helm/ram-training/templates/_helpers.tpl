{{- /* The name of the objects: no dots, and a letter first. */ -}}
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
The options for the data set's files. Each data set downloads to its folder, since their files have the same names. No
release can have a name that starts with a dot.
*/ -}}
{{- define "ram.data" -}}
{{- if .Values.data.claim -}}
--data=/data
{{- else if .Values.data.download -}}
--data=/runs/.data/{{ regexFind "--dataset[ =][a-z]+" (join " " .Values.arguments) | regexFind "[a-z]+$" | default "mnist" }} --download
{{- end -}}
{{- end -}}

{{- /*
The folder of the scores. Other arguments or another image have another folder, since the scores are others. So if the
folder is there, a pod of this Job has finished it.
*/ -}}
{{- define "ram.scores" -}}
/runs/{{ .Release.Name }}/{{ printf "%s %s" (include "ram.image" .) (toJson .Values.arguments) | sha256sum | trunc 8 }}
{{- end -}}

{{- /* Rejects combinations of values that the schema cannot describe. */ -}}
{{- define "ram.check" -}}
{{- $v := .Values -}}
{{- if $v.scoring -}}
{{- if or $v.sweep.seeds $v.gpu.enabled $v.data.download -}}
{{- fail "scoring: a score has no sweep.seeds, no gpu.enabled and no data.download" -}}
{{- end -}}
{{- if not (regexMatch "(^|\n)--input(=|\n|$)" (join "\n" $v.arguments)) -}}
{{- fail "arguments: name what to score, such as [--input, /data]" -}}
{{- end -}}
{{- end -}}
{{- range $option := $v.scoring | ternary (list "--output") (list "--out" "--data" "--resume" "--download") -}}
{{- range $argument := $v.arguments -}}
{{- if or (eq $argument $option) (hasPrefix (printf "%s=" $option) $argument) -}}
{{- fail (printf "arguments: the chart sets %s; leave it out" $option) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $v.sweep.seeds (regexMatch "(^|\n)--seed(=|\n|$)" (join "\n" $v.arguments)) -}}
{{- fail "arguments: a sweep sets the --seed of each run; leave it out" -}}
{{- end -}}
{{- if and $v.sweep.seeds (gt (int $v.sweep.parallelism) 1) (not $v.runs.claim) (ne $v.runs.accessMode "ReadWriteMany") -}}
{{- fail "sweep.parallelism: runs on several nodes need runs.accessMode ReadWriteMany, or a volume in runs.claim" -}}
{{- end -}}
{{- if and $v.data.claim $v.data.download -}}
{{- fail "data.claim and data.download: choose one" -}}
{{- end -}}
{{- if and $v.gpu.enabled $v.gpu.checkCapability (hasKey (default dict $v.affinity) "nodeAffinity") -}}
{{- fail "affinity.nodeAffinity: gpu.checkCapability sets it to nodes whose GPU can run the image; use nodeSelector, or set gpu.checkCapability to false" -}}
{{- end -}}
{{- end -}}

{{- /*
The GPUs that the image has machine code for: compute capabilities 3.7 and 5.0 to 8.6. A GPU runs code of its major
version and of an equal or lower minor version. The image has no PTX that a driver could compile for other GPUs.
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
