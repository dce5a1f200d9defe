'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import { toCommands, toYaml } from '@/lib/operators/rules/installation';
import type { ManifestObject } from '@/lib/operators/rules/objects';

/** Exactly what will be created, as YAML and as the kubectl commands that do the same. */
export function InstallPreview({
  cluster,
  manifests,
}: {
  cluster: string;
  manifests: readonly ManifestObject[];
}) {
  const t = useTranslations('install');
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="rounded-control border border-line bg-panel">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-10 w-full items-center gap-2 rounded-control px-3 text-left font-medium hover:bg-subtle"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-4 text-muted transition-transform', open && 'rotate-90')}
        />
        {t('preview')}
      </button>
      <div id={id} hidden={!open} className="border-t border-line-faint p-3">
        {open && (
          <div className="flex flex-col gap-3">
            <CodeBlock label="YAML" text={toYaml(manifests)} />
            <CodeBlock label={t('commands')} text={`${toCommands(manifests, cluster).join('\n\n')}\n`} />
          </div>
        )}
      </div>
    </div>
  );
}
