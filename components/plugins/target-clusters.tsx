'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ObstacleList } from '@/components/plugins/obstacles';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { FieldNotes } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import type { Obstacle } from '@/lib/plugins/contract';

/** Where the plugin goes: one cluster or several, each with what differs there. */
export function TargetClusters({
  targets,
  chosen,
  onChosen,
  overrides,
  onOverride,
  problemOf,
}: {
  targets: readonly { cluster: string; obstacles: Obstacle[] | undefined }[];
  chosen: readonly string[];
  onChosen: (clusters: string[]) => void;
  overrides: Readonly<Record<string, string>>;
  onOverride: (cluster: string, text: string) => void;
  problemOf: (cluster: string) => string | undefined;
}) {
  const t = useTranslations('plugins');
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't be laid out like the other labels
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="font-medium">
        {t('targets')}
      </span>
      <div className="divide-y divide-line-faint rounded-control border border-line bg-panel">
        {targets.map(({ cluster, obstacles }) => {
          const on = chosen.includes(cluster);
          return (
            <div key={cluster} className="flex flex-col gap-1.5 px-3 py-2">
              <Checkbox
                checked={on}
                onChange={(checked) =>
                  onChosen(checked ? [...chosen, cluster] : chosen.filter((other) => other !== cluster))
                }
                label={cluster}
              />
              {!on && obstacles && obstacles.length > 0 && (
                <div className="pl-6.5 text-small text-muted">
                  <ObstacleList obstacles={obstacles} />
                </div>
              )}
              {on && chosen.length > 1 && (
                <Override
                  cluster={cluster}
                  text={overrides[cluster] ?? ''}
                  onChange={(text) => onOverride(cluster, text)}
                  problem={problemOf(cluster)}
                />
              )}
            </div>
          );
        })}
      </div>
      <p className="text-small text-muted">{t('targetsHelp')}</p>
    </div>
  );
}

function Override({
  cluster,
  text,
  onChange,
  problem,
}: {
  cluster: string;
  text: string;
  onChange: (text: string) => void;
  problem: string | undefined;
}) {
  const t = useTranslations('plugins');
  const id = useId();
  const [open, setOpen] = useState(text !== '');
  return (
    <div className="pl-6.5">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="min-h-6 text-small font-medium text-accent hover:underline"
      >
        {t('override', { cluster })}
      </button>
      <div id={id} hidden={!open} className="mt-1 flex flex-col gap-1.5">
        <textarea
          id={`${id}-text`}
          aria-label={t('overrideLabel', { cluster })}
          aria-describedby={problem ? `${id}-text-error` : `${id}-text-help`}
          aria-invalid={problem !== undefined || undefined}
          rows={4}
          value={text}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className={cn(inputClass, 'h-auto py-2 font-mono text-small leading-5')}
        />
        <FieldNotes id={`${id}-text`} help={t('overrideHelp')} error={problem} />
      </div>
    </div>
  );
}
