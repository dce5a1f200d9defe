import type { AdmissionPlugin } from '../apiserver/extension.ts';
import { denied } from '../apiserver/status.ts';
import type { Subscription } from '../olm/api.ts';
import type { OlmContext } from '../olm/context.ts';
import { isAlaudaOperator } from './alauda-operators.ts';

const webhook = 'subscription.operators.cpaas.io';

/**
 * The platform's webhook on Subscriptions: Alauda operators are installed with Manual approval only. The wording of
 * the refusal is the platform's own.
 */
export function subscriptionAdmission(olm: OlmContext): AdmissionPlugin {
  return {
    name: webhook,
    validate: async ({ operation, group, resource, subresource, object, user }) => {
      if (group !== 'operators.coreos.com' || resource !== 'subscriptions' || subresource) return;
      if (operation === 'DELETE' || !object) return;
      // OLM itself subscribes to dependencies, always Automatic; the plan that brings them was approved.
      if (user.username === 'system:admin') return;
      const subscription = object as Subscription;
      const mode = subscription.spec?.installPlanApproval || 'Automatic';
      if (mode === 'Manual' || !isAlaudaOperator(olm, subscription)) return;
      const name = subscription.spec.name;
      throw denied(webhook, `${name} is a platform operator and is not allowed to installed in ${mode} mode`);
    },
  };
}
