import { CircleCheck, CircleX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { CardSection } from '@/components/ui/card';

/** What became of an installation on several clusters. */
export function InstallOutcomes({
  plugin,
  outcomes,
}: {
  plugin: string;
  outcomes: readonly { cluster: string; problem?: string }[];
}) {
  const t = useTranslations('plugins');
  return (
    <CardSection title={t('outcomes')}>
      <div role="status">
        <ul aria-label={t('outcomes')} className="flex flex-col gap-2">
          {outcomes.map(({ cluster, problem }) => (
            <li key={cluster} className="flex items-start gap-2">
              {problem === undefined ? (
                <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
              ) : (
                <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
              )}
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <Link
                  href={addresses.plugin(cluster, plugin)}
                  className="font-medium text-accent hover:underline"
                >
                  {cluster}
                </Link>{' '}
                {problem ?? t('started')}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </CardSection>
  );
}
