import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { PlanObject } from '../plan-contract';
import { toYaml } from '../rules/installation';
import type { InstallPlanObject } from '../rules/objects';
import { readPlan } from '../rules/plan/read-plan';
import { soundPlan } from '../rules/sound-objects';
import { readBundles } from './read-bundles';
import { installPlans } from './refs';

const MAX_YAML = 1_000_000;

/**
 * The object of one step of a plan as YAML, or the plan itself.
 * @throws ProblemError `not-found` when the plan has no such step or its content can't be had
 */
export async function getPlanObject(
  context: Context,
  { namespace, name, step }: { namespace: string; name: string; step?: number },
): Promise<PlanObject> {
  const plan = await context.kube.get<InstallPlanObject>(installPlans, name, { namespace });
  if (step === undefined) {
    const { managedFields: _, ...metadata }: Record<string, unknown> = plan.metadata;
    return asYaml({ ...plan, metadata });
  }
  const bundles = await readBundles(context, plan);
  const { steps } = readPlan({
    plan: soundPlan(plan),
    subscriptions: [],
    clusterServiceVersions: [],
    bundles,
  });
  const wanted = steps[step];
  if (wanted?.manifest) return asYaml(wanted.manifest);
  throw new ProblemError(
    'not-found',
    wanted
      ? `The content of ${wanted.kind} "${wanted.name}" is not known: ${wanted.problem ?? 'OLM makes it when it executes the plan'}.`
      : `InstallPlan "${name}" has no step ${step}.`,
    { cluster: context.cluster.name, verb: 'get', resource: 'installplans', namespace, name },
  );
}

function asYaml(object: object): PlanObject {
  const yaml = toYaml([object]);
  return { yaml: yaml.slice(0, MAX_YAML), cut: yaml.length > MAX_YAML };
}
