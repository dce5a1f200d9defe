import { useTranslations } from 'next-intl';
import { type FacetName, type Ticked, UPGRADE_AVAILABLE } from '@/components/plugins/plugin-facets';
import { useStatusLabel } from '@/components/plugins/plugin-status';
import { ChipGroup } from '@/components/ui/chip-group';
import { lifeCycles } from '@/lib/plugins/contract';

/** The groups of checkboxes above the list of cluster plugins. */
export function PluginFilters({
  facets,
  ticked,
  onChange,
}: {
  facets: Record<FacetName, { value: string; count: number }[]>;
  ticked: Ticked;
  onChange: (name: FacetName, values: string[]) => void;
}) {
  const t = useTranslations('plugins');
  const status = useStatusLabel();
  const lifecycleOf = (value: string) => lifeCycles.find((one) => one === value);
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      <ChipGroup
        label={t('lifecycleHeader')}
        chips={facets.lifecycle.map(({ value, count }) => {
          const known = lifecycleOf(value);
          return {
            value,
            count,
            countLabel: t('count', { count }),
            label: known ? t(`lifecycle.${known}.label`) : value,
            title: known && t(`lifecycle.${known}.meaning`),
          };
        })}
        ticked={ticked.lifecycle}
        onChange={(values) => onChange('lifecycle', values)}
      />
      <ChipGroup
        label={t('statusHeader')}
        chips={facets.status.map(({ value, count }) => ({
          value,
          count,
          countLabel: t('count', { count }),
          label: value === UPGRADE_AVAILABLE ? t('upgradeAvailable') : status(value),
        }))}
        ticked={ticked.status}
        onChange={(values) => onChange('status', values)}
      />
    </div>
  );
}
