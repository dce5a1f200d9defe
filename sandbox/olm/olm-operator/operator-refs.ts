import type { KubeObject } from '../../client/types.ts';
import type { ClusterServiceVersion, Condition } from '../api.ts';

/** The conditions with which an Operator lists one of its components; a CSV's phase becomes one condition. */
export function conditionsForRef(object: KubeObject): { conditions?: Condition[] } {
  if (object.kind === 'ClusterServiceVersion') {
    const { phase, reason, message, lastTransitionTime, lastUpdateTime } =
      (object as ClusterServiceVersion).status ?? {};
    if (!phase) return {};
    return {
      conditions: [
        {
          ...(lastTransitionTime ? { lastTransitionTime } : {}),
          ...(lastUpdateTime ? { lastUpdateTime } : {}),
          ...(message ? { message } : {}),
          ...(reason ? { reason } : {}),
          status: 'True',
          type: phase,
        },
      ],
    };
  }
  const { conditions } = (object.status ?? {}) as { conditions?: Condition[] };
  return conditions && conditions.length > 0 ? { conditions } : {};
}
