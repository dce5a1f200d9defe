import Link from 'next/link';
import { addresses } from '@/components/addresses';

/** An InstallPlan by its name, which leads to its review. */
export function PlanLink({ cluster, plan }: { cluster: string; plan: { namespace: string; name: string } }) {
  return (
    <Link
      href={addresses.plan(cluster, plan.namespace, plan.name)}
      className="name-text text-accent hover:underline"
    >
      {plan.name}
    </Link>
  );
}
