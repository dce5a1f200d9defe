import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { requirementWords } from '@/components/plugins/words';
import type { PluginVersion } from '@/lib/plugins/contract';

/** What a plugin asks of the cluster that it goes to, held against this one. */
export function RequirementList({ requirements }: { requirements: PluginVersion['affinity'] }) {
  const t = useTranslations('plugins');
  return (
    <ul className="flex flex-col gap-1">
      {requirements.map((requirement) => {
        const { words, satisfied, actual } = requirement;
        const Icon = satisfied === undefined ? CircleHelp : satisfied ? CircleCheck : CircleX;
        const ink = satisfied === undefined ? 'text-faint' : satisfied ? 'text-good' : 'text-failed';
        return (
          <li key={words} className="flex items-start gap-1.5">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {requirementWords(t, requirement)}
              <span className="text-muted">
                {' · '}
                {satisfied === undefined
                  ? t('requirementUnknown')
                  : satisfied
                    ? t('requirementMet')
                    : actual
                      ? t('requirementActual', { actual })
                      : t('requirementNotMet')}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
