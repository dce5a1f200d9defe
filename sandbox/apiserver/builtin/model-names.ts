const special = new Map([
  ['/v1/Event', 'CoreV1Event'],
  ['events.k8s.io/v1/Event', 'EventsV1Event'],
  ['authentication.k8s.io/v1/TokenRequest', 'AuthenticationV1TokenRequest'],
  ['resource.k8s.io/v1/ResourceClaim', 'ResourceV1ResourceClaim'],
]);

/** The generated client's name for a kind: the version in upper camel case before the kind, with a few exceptions. */
export function modelNameOf(group: string, version: string, kind: string): string {
  return (
    special.get(`${group}/${version}/${kind}`) ??
    `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`
  );
}
