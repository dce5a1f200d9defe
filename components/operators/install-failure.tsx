import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { installStepSchema } from '@/lib/operators/install-contract';

const stepsSchema = z.array(installStepSchema).catch([]);

/** Why an installation was refused, and what became of each object. */
export function InstallFailure({ error }: { error: Error | null }) {
  const t = useTranslations('install');
  const common = useTranslations('common');
  if (!error) return null;
  const problem = problemOf(error);
  const steps = stepsSchema.parse(problem?.steps ?? []);
  return (
    <Notice tone="failed" title={t('refused')}>
      <p>{problem?.detail ?? common('unknownError')}</p>
      {steps.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {steps.map(({ kind, name, namespace, outcome, detail }) => (
            <li key={`${kind}/${namespace}/${name}`}>
              <span className="font-medium">{kind}</span>{' '}
              <span className="name-text">{namespace ? `${namespace}/${name}` : name}</span>:{' '}
              {t(`outcome.${outcome}`)}
              {detail && <span className="text-muted"> {detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
