import type { OlmContext } from '../olm/context.ts';
import { runOperatorGroupController } from './operator-group-controller.ts';
import { subscriptionAdmission } from './subscription-admission.ts';

/** What the platform adds to OLM on one of its clusters; plain clusters have neither. */
export function startPlatformOlm(olm: OlmContext): void {
  if (olm.cluster.plain) return;
  olm.cluster.server.addAdmission(subscriptionAdmission(olm));
  runOperatorGroupController(olm);
}
