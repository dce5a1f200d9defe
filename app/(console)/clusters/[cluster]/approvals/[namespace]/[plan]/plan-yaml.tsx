'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { Skeleton } from '@/components/ui/skeleton';
import { planObjectQuery } from '@/lib/operators/queries';

/** The object of one step of a plan as YAML; the plan itself without `step`. */
export function PlanYaml({
  cluster,
  plan,
  step,
  label,
}: {
  cluster: string;
  plan: { namespace: string; name: string; uid: string };
  step?: number;
  label: string;
}) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const { data, error } = useQuery(planObjectQuery(cluster, plan, step));
  if (data) {
    return (
      <>
        <CodeBlock label={label} text={data.yaml} />
        {data.cut && <p className="mt-1 text-small text-muted">{t('yamlCut')}</p>}
      </>
    );
  }
  if (error) return <Notice tone="failed">{problemOf(error)?.detail ?? common('unknownError')}</Notice>;
  return (
    <div aria-busy="true">
      <Skeleton className="h-40" />
    </div>
  );
}
