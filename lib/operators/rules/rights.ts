import type { OperatorRights } from '../installed-contract';
import { rightsOf } from './plan/rights';
import { describeRights } from './plan/rights-words';

/**
 * The rights that a ClusterServiceVersion asks for, in sentences: those over the whole cluster first, the risky ones
 * before the others.
 * @param everywhere its OperatorGroup targets all namespaces
 */
export function describeVersionRights(
  clusterServiceVersion: unknown,
  place: Pick<OperatorRights, 'namespace' | 'clusterServiceVersion' | 'toldBy'>,
  everywhere: boolean,
): OperatorRights {
  const { rights, truncated } = rightsOf(clusterServiceVersion, everywhere);
  const sentences = describeRights(rights).map(({ subject, everywhere, params, risky }) => ({
    key: `${subject}${everywhere ? ('Everywhere' as const) : ('InNamespace' as const)}` as const,
    values: Object.fromEntries(
      Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    everywhere,
    risky,
  }));
  const everything = sentences.some(({ key }) => key === 'everythingEverywhere');
  return { ...place, sentences, everything, truncated };
}
