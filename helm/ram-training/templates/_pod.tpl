{{- /*
The pod of a run or a score. Its labels name no chart version: a pod template never changes in a Job, and a new chart
version alone must not stop a run.
*/ -}}
{{- define "ram.pod" -}}
{{- $v := .Values -}}
metadata:
  labels:
    {{- merge (include "ram.selector" . | fromYaml) (default dict $v.podLabels) | toYaml | nindent 4 }}
  {{- with $v.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  # Restricted Pod Security; the user is the image's user.
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  {{- with $v.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- if and $v.gpu.enabled $v.gpu.runtimeClassName }}
  runtimeClassName: {{ $v.gpu.runtimeClassName | quote }}
  {{- end }}
  {{- with $v.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or $v.gpu.enabled $v.tolerations }}
  tolerations:
    {{- if $v.gpu.enabled }}
    - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
    {{- end }}
    {{- with $v.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- $affinity := default dict $v.affinity }}
  {{- if and $v.gpu.enabled $v.gpu.checkCapability }}
  {{- $affinity = merge (include "ram.capability" . | fromYaml) $affinity }}
  {{- end }}
  {{- with $affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ $v.scoring | ternary "score" "train" }}
      image: {{ include "ram.image" . | quote }}
      imagePullPolicy: {{ $v.image.pullPolicy }}
      # The last log lines become the reason in the status of a pod that fails.
      terminationMessagePolicy: FallbackToLogsOnError
      command: [bash, -euc]
      args:
        {{- if $v.scoring }}
        # Scores into a folder that appears when it is whole.
        - |
          if [ -e "$SCORES" ]; then echo "$SCORES is there and whole"; exit; fi
          exec ram-scoring --output "$SCORES" "$@"
        - score
        {{- else }}
        # Starts the run, or resumes it where the previous pod stopped. The program rejects changed arguments then.
        - |
          out=/runs/$RUN${INDEX:+/seed-$((INDEX + 1))}
          resume=
          if [ -e "$out/last.ram" ]; then resume=--resume; fi
          exec ram-training train $resume --out "$out" {{ include "ram.data" . }} ${INDEX:+--seed $((INDEX + 1))} "$@"
        - train
        {{- end }}
        {{- range $v.arguments }}
        - {{ . | quote }}
        {{- end }}
      env:
        {{- if $v.scoring }}
        - name: SCORES
          value: {{ include "ram.scores" . | quote }}
        {{- else }}
        - name: RUN
          value: {{ .Release.Name | quote }}
        {{- end }}
        {{- if $v.sweep.seeds }}
        - name: INDEX
          valueFrom:
            fieldRef:
              fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']
        {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        {{- include "ram.resources" . | nindent 8 }}
      volumeMounts:
        - {name: runs, mountPath: /runs}
        - {name: tmp, mountPath: /tmp}
        {{- if $v.data.claim }}
        - {name: data, mountPath: /data, readOnly: true}
        {{- end }}
  volumes:
    - name: runs
      persistentVolumeClaim:
        claimName: {{ include "ram.runsClaim" . | quote }}
    - name: tmp
      emptyDir:
        sizeLimit: {{ $v.tmpSize | quote }}
    {{- with $v.data.claim }}
    - name: data
      persistentVolumeClaim:
        claimName: {{ . | quote }}
        readOnly: true
    {{- end }}
{{- end -}}
