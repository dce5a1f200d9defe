import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { Obstacle } from '../contract';
import type { FieldError } from '../form-contract';
import type { FormError } from '../rules/form/validate';

const MAX_FIELDS = 50;

/** Obstacles that lie in what is there, not in what was sent. */
const problemCodes: { [code in Obstacle['code']]?: string } = {
  'already-installed': 'conflict',
  'being-deleted': 'conflict',
  'not-installed': 'not-found',
};

/** The refusal of a write for reasons that are known before it is sent. */
export function refusal(
  context: GlobalContext,
  verb: string,
  name: string,
  obstacles: readonly [Obstacle, ...Obstacle[]],
): ProblemError {
  const [{ code }] = obstacles;
  return new ProblemError(
    problemCodes[code] ?? 'invalid-input',
    `Cluster plugin "${name}" on cluster "${context.cluster.name}": ${obstacles.map(({ message }) => message).join(' ')}`,
    {
      cluster: context.cluster.name,
      verb,
      resource: 'moduleinfoes.cluster.alauda.io',
      name,
      reason: code,
      causes: [...obstacles],
    },
  );
}

/** @throws ProblemError when there is an obstacle */
export function refuse(
  context: GlobalContext,
  verb: string,
  name: string,
  obstacles: readonly Obstacle[],
): void {
  const [first, ...rest] = obstacles;
  if (first) throw refusal(context, verb, name, [first, ...rest]);
}

/** @throws ProblemError naming the fields when a configuration is one that its own form would not take */
export function refuseConfig(context: GlobalContext, name: string, errors: readonly FormError[]): void {
  if (errors.length === 0) return;
  const fields = errors
    .slice(0, MAX_FIELDS)
    .map(({ pointer, message }) => ({ path: `config${pointer.replaceAll('/', '.')}`, message }));
  throw new ProblemError(
    'invalid-input',
    `The configuration of cluster plugin "${name}" is not valid: ${fields.map(({ message }) => message).join('; ')}.`,
    {
      cluster: context.cluster.name,
      name,
      fields,
      causes: errors
        .slice(0, MAX_FIELDS)
        .map(({ label, code, limit }): FieldError => ({ label, code, limit })),
    },
  );
}
