import type { PlanReference } from '../../contract';
import { approvalPatch } from '../approval';
import { shellQuote } from '../installation';

/** The kubectl commands that look at a plan, approve it and delete it exactly as it was reviewed. */
export function planCommands(
  cluster: string,
  plan: Pick<PlanReference, 'namespace' | 'name' | 'uid' | 'clusterServiceVersionNames'>,
): { look: string; approve: string; cleanUp: string } {
  const kubectl = `kubectl --context ${shellQuote(cluster)} -n ${shellQuote(plan.namespace)}`;
  const name = shellQuote(plan.name);
  const patch = shellQuote(JSON.stringify(approvalPatch(plan)));
  const path = `/apis/operators.coreos.com/v1alpha1/namespaces/${plan.namespace}/installplans/${plan.name}`;
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: plan.uid } };
  return {
    look: `${kubectl} get installplan ${name} -o yaml`,
    approve: `${kubectl} patch installplan ${name} --type=json -p ${patch}`,
    // kubectl delete knows no precondition; the raw request does.
    cleanUp: `echo ${shellQuote(JSON.stringify(options))} | kubectl --context ${shellQuote(cluster)} delete --raw ${shellQuote(path)} -f -`,
  };
}
