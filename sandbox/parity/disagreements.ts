/**
 * In what the sandbox's answers differ from recorded ones, file by file: each line of difference matches one of these,
 * and each of these a line. Their reasons stand in docs/sandbox.md, which names the same files.
 */
export const disagreements: Record<string, RegExp[]> = {
  'disc-apiservices.json': [
    /v1\.packages\.operators\.coreos\.com\.(metadata\.labels|spec\.caBundle): .* got nothing$/,
  ],
  'disc-crds.json': [
    /\.openAPIV3Schema\..*\.(affinity|strategy|spec|containers|initContainers|env|envFrom|volumes)\b/,
    /\.openAPIV3Schema\..*\.x-kubernetes-list-type: recorded "atomic", got nothing$/,
    /\.spec\.properties\.release\.(x-kubernetes-validations|pattern):/,
    /"controller-gen\.kubebuilder\.io\/version"/,
    /^\.items\[\]\.monitoringdashboards\.monitoring\.kiali\.io\.metadata\.labels\.operators\.coreos\.com\/kiali\.operators:/,
  ],
  'disc-openapi-v3-index.json': [
    /^\.paths\.(\.well-known\/openid-configuration|openid\/v1\/jwks|apis\/packages\.operators\.coreos\.com): .* got nothing$/,
  ],
  'disc-openapi-v3-operators-v1alpha1.json': [
    /^\.components\.schemas\.com\.coreos\..*\.properties\./,
    /^\.components\.schemas\.[\w.-]+\.(?!properties)/,
    /^\.components\.schemas\.io\.k8s\./,
    /^\.paths\.[^ :]+\.(get|put|post|patch|delete)\.(operationId|parameters|requestBody|responses|tags)/,
    /^\.paths\.[^ :]+\.parameters/,
  ],
  'list-chunk-1.json': [/cockroachdb\.v5\.0\.4\.status\.conditions\[[5-9]\]: .* got nothing$/],
  'list-clusterserviceversions-all.json': [
    /cockroachdb\.v5\.0\.4\.status\.conditions\[[5-9]\]: .* got nothing$/,
    /^\.items\[\]\.olm\/packageserver\./,
  ],
  'list-csv-partialmeta.json': [/^\.items\[\]\.olm\/packageserver\.metadata\.generation:/],
  'list-operators.json': [
    /refs\[\]\.CustomResourceDefinition\/monitoringdashboards\.monitoring\.kiali\.io: recorded nothing/,
  ],
  'scenario-auto-a.json': [
    /cockroachdb\.v5\.0\.4\.status\.conditions\[[5-9]\]: .* got nothing$/,
    /^events\..*\/RequirementsNotMet\/.* got nothing$/,
  ],
  'table-deployments.json': [/\.metadata\.generation:/],
  'table-events.json': [
    /^\.metadata\.remainingItemCount:/,
    /\/RequirementsNotMet\//,
    /\.cells\[8\]: recorded \d, got \d$/,
    /recorded nothing, got \{/,
  ],
};
