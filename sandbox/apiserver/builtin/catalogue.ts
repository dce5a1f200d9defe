/**
 * Kubernetes' own resources in the order of discovery, one line each:
 * `plural Kind scope short,names categories subresources flags`, `-` for nothing.
 * Flags: `g` counts generations, `u` knows no status subresource but unconditional updates are refused (`resourceVersion`
 * required), `l` names are DNS labels, `p` names are path segments.
 */
export const groups: readonly [groupVersion: string, lines: string][] = [
  [
    'v1',
    `
bindings Binding ns - - - create
componentstatuses ComponentStatus cluster cs - - get,list
configmaps ConfigMap ns cm - -
endpoints Endpoints ns ep - -
events Event ns ev - -
limitranges LimitRange ns limits - -
namespaces Namespace cluster ns - finalize,status l
nodes Node cluster no - proxy:NodeProxyOptions,status
persistentvolumeclaims PersistentVolumeClaim ns pvc - status
persistentvolumes PersistentVolume cluster pv - status
pods Pod ns po all attach:PodAttachOptions,binding:Binding,ephemeralcontainers:Pod,eviction:Eviction,exec:PodExecOptions,log:Pod,portforward:PodPortForwardOptions,proxy:PodProxyOptions,resize:Pod,status g
podtemplates PodTemplate ns - - - g
replicationcontrollers ReplicationController ns rc all scale,status g
resourcequotas ResourceQuota ns quota - status
secrets Secret ns - - -
serviceaccounts ServiceAccount ns sa - token:TokenRequest
services Service ns svc all proxy:ServiceProxyOptions,status l`,
  ],
  ['apiregistration.k8s.io/v1', 'apiservices APIService cluster - api-extensions status'],
  [
    'apps/v1',
    `
controllerrevisions ControllerRevision ns - - -
daemonsets DaemonSet ns ds all status g
deployments Deployment ns deploy all scale,status g
replicasets ReplicaSet ns rs all scale,status g
statefulsets StatefulSet ns sts all scale,status g`,
  ],
  ['events.k8s.io/v1', 'events Event ns ev - -'],
  [
    'authentication.k8s.io/v1',
    `
selfsubjectreviews SelfSubjectReview cluster - - - create
tokenreviews TokenReview cluster - - - create`,
  ],
  [
    'authorization.k8s.io/v1',
    `
localsubjectaccessreviews LocalSubjectAccessReview ns - - - create
selfsubjectaccessreviews SelfSubjectAccessReview cluster - - - create
selfsubjectrulesreviews SelfSubjectRulesReview cluster - - - create
subjectaccessreviews SubjectAccessReview cluster - - - create`,
  ],
  ['autoscaling/v2', 'horizontalpodautoscalers HorizontalPodAutoscaler ns hpa all status'],
  ['autoscaling/v1', 'horizontalpodautoscalers HorizontalPodAutoscaler ns hpa all status'],
  [
    'batch/v1',
    `
cronjobs CronJob ns cj all status g
jobs Job ns - all status g`,
  ],
  [
    'certificates.k8s.io/v1',
    'certificatesigningrequests CertificateSigningRequest cluster csr - approval,status',
  ],
  [
    'networking.k8s.io/v1',
    `
ingressclasses IngressClass cluster - - - g
ingresses Ingress ns ing - status g
ipaddresses IPAddress cluster ip - -
networkpolicies NetworkPolicy ns netpol - - g
servicecidrs ServiceCIDR cluster - - status`,
  ],
  ['policy/v1', 'poddisruptionbudgets PodDisruptionBudget ns pdb - status g'],
  [
    'rbac.authorization.k8s.io/v1',
    `
clusterrolebindings ClusterRoleBinding cluster - - - p
clusterroles ClusterRole cluster - - - p
rolebindings RoleBinding ns - - - p
roles Role ns - - - p`,
  ],
  [
    'storage.k8s.io/v1',
    `
csidrivers CSIDriver cluster - - -
csinodes CSINode cluster - - -
csistoragecapacities CSIStorageCapacity ns - - -
storageclasses StorageClass cluster sc - -
volumeattachments VolumeAttachment cluster - - status
volumeattributesclasses VolumeAttributesClass cluster vac - -`,
  ],
  [
    'admissionregistration.k8s.io/v1',
    `
mutatingadmissionpolicies MutatingAdmissionPolicy cluster - api-extensions - g
mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster - api-extensions - g
mutatingwebhookconfigurations MutatingWebhookConfiguration cluster - api-extensions - g
validatingadmissionpolicies ValidatingAdmissionPolicy cluster - api-extensions status g
validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding cluster - api-extensions - g
validatingwebhookconfigurations ValidatingWebhookConfiguration cluster - api-extensions - g`,
  ],
  [
    'apiextensions.k8s.io/v1',
    'customresourcedefinitions CustomResourceDefinition cluster crd,crds api-extensions status g',
  ],
  ['scheduling.k8s.io/v1', 'priorityclasses PriorityClass cluster pc - - g'],
  ['coordination.k8s.io/v1', 'leases Lease ns - - -'],
  ['node.k8s.io/v1', 'runtimeclasses RuntimeClass cluster - - -'],
  ['discovery.k8s.io/v1', 'endpointslices EndpointSlice ns - - - g'],
  [
    'resource.k8s.io/v1',
    `
deviceclasses DeviceClass cluster - - - g
resourceclaims ResourceClaim ns - - status
resourceclaimtemplates ResourceClaimTemplate ns - - -
resourceslices ResourceSlice cluster - - - g`,
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    `
flowschemas FlowSchema cluster - - status g
prioritylevelconfigurations PriorityLevelConfiguration cluster - - status g`,
  ],
];
