{{- /* Places the pods on nodes that fit, and spreads them. */ -}}
{{- define "ram.placement" -}}
{{- $gpu := .Values.gpu -}}
{{- if and $gpu.enabled $gpu.runtimeClassName }}
runtimeClassName: {{ $gpu.runtimeClassName | quote }}
{{- end }}
{{ include "ram.nodes" . }}
{{- $affinity := default dict .Values.affinity }}
{{- if and $gpu.enabled $gpu.checkCapability }}
{{- $affinity = merge (include "ram.capability" . | fromYaml) $affinity }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.topologySpread }}
topologySpreadConstraints:
  {{- range $key, $unsatisfiable := . }}
  - topologyKey: {{ $key | quote }}
    maxSkew: 1
    # Ignores nodes whose taints reject the pods.
    nodeTaintsPolicy: Honor
    whenUnsatisfiable: {{ $unsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "ram.selector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- end -}}

{{- /*
The GPUs that the image has code for. A GPU runs machine code of its major version and of an equal or lower minor version.
cuda has such code for compute capabilities 3.7 and 5.0 to 8.6, and no PTX that a driver could compile for other GPUs.
cuda12 has machine code for 6.0 to 9.0, and PTX for newer GPUs.
*/ -}}
{{- define "ram.capability" -}}
nodeAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    nodeSelectorTerms:
      {{- if eq .Values.gpu.build "cuda12" }}
      - matchExpressions:
          - {key: nvidia.com/gpu.compute.major, operator: Gt, values: ["5"]}
      {{- else }}
      - matchExpressions:
          - {key: nvidia.com/gpu.compute.major, operator: In, values: ["5", "6", "7", "8"]}
      - matchExpressions:
          - {key: nvidia.com/gpu.compute.major, operator: In, values: ["3"]}
          - {key: nvidia.com/gpu.compute.minor, operator: In, values: ["7"]}
      {{- end }}
{{- end -}}

{{- /* The nodes that can run the image. */ -}}
{{- define "ram.nodes" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if or .Values.gpu.enabled .Values.tolerations }}
tolerations:
  {{- if .Values.gpu.enabled }}
  - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
  {{- end }}
  {{- with .Values.tolerations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "ram.resources" -}}
{{- $resources := deepCopy .Values.resources -}}
{{- if .Values.gpu.enabled -}}
{{- $_ := set $resources.limits .Values.gpu.resource .Values.gpu.count -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end -}}
