import { CircleCheck, CircleX, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { dependencyWords } from '@/components/plugins/words';
import type { PluginVersion } from '@/lib/plugins/contract';

/** What a plugin depends on, whether it is there, and where. */
export function DependencyList({ dependencies }: { dependencies: PluginVersion['dependencies'] }) {
  const t = useTranslations('plugins');
  return (
    <ul className="flex flex-col gap-1">
      {dependencies.map((dependency) => {
        const { words, satisfied, found } = dependency;
        const Icon = satisfied ? CircleCheck : found ? Clock : CircleX;
        const ink = satisfied ? 'text-good' : found ? 'text-waiting' : 'text-failed';
        return (
          <li key={words} className="flex items-start gap-1.5">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {dependencyWords(t, dependency)}{' '}
              <span className="text-muted">
                {found
                  ? t(found.running ? 'dependencyFound' : 'dependencyNotRunning', {
                      name: found.name,
                      version: found.version,
                      cluster: found.cluster,
                    })
                  : t('dependencyMissing')}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
