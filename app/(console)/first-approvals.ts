/**
 * The installations whose first approval this document gives: it dies with the document, so that nothing is ever
 * approved by a page that was opened only to look.
 */
const driven = new Set<string>();

interface Installation {
  cluster: string;
  namespace: string;
  name: string;
}

const keyOf = ({ cluster, namespace, name }: Installation) => `${cluster}\0${namespace}\0${name}`;

export function driveFirstApproval(installation: Installation): void {
  driven.add(keyOf(installation));
}

export function drivesFirstApproval(installation: Installation): boolean {
  return driven.has(keyOf(installation));
}
