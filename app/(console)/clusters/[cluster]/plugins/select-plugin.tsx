'use client';

import { useTranslations } from 'next-intl';
import { useLocalized } from '@/components/plugins/localized';
import { Checkbox } from '@/components/ui/checkbox';
import type { PluginRow } from '@/lib/plugins/contract';

/** The checkbox of a row that can be upgraded with others; every other row keeps its place free. */
export function SelectPlugin({
  plugin: { name, displayName, actions },
  selected,
  onChange,
}: {
  plugin: PluginRow;
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  if (!actions.includes('Upgrade')) return <span className="w-4 shrink-0" />;
  return (
    <span className="w-4 shrink-0">
      <Checkbox
        checked={selected.has(name)}
        onChange={(checked) =>
          onChange(new Set(checked ? [...selected, name] : [...selected].filter((other) => other !== name)))
        }
        label={<span className="sr-only">{t('select', { name: localized(displayName) })}</span>}
      />
    </span>
  );
}
