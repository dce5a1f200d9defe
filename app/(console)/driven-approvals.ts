/**
 * The approvals that this document gives without asking again: it dies with the document, so that nothing is ever
 * approved by a page that was opened only to look.
 */
const driven = new Set<string>();

/** The first plan of an installation, or every hop of an upgrade. */
export type Purpose = 'first' | 'upgrade';

interface Place {
  cluster: string;
  namespace: string;
  /** Of the Subscription. */
  name: string;
}

const keyOf = (purpose: Purpose, { cluster, namespace, name }: Place) =>
  [purpose, cluster, namespace, name].join('\0');

/** From now on this document gives the approvals of a Subscription. */
export function startDriving(purpose: Purpose, place: Place): void {
  driven.add(keyOf(purpose, place));
}

/** This document gives no more approvals of a Subscription. */
export function stopDriving(purpose: Purpose, place: Place): void {
  driven.delete(keyOf(purpose, place));
}

/** Whether this document gives the approvals of a Subscription. */
export function isDriven(purpose: Purpose, place: Place): boolean {
  return driven.has(keyOf(purpose, place));
}
