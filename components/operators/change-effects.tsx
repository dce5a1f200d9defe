import { CircleArrowUp, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { ChangeEffect } from '@/lib/operators/change-contract';

const warnings: readonly ChangeEffect['code'][] = [
  'ChannelDeprecated',
  'VersionDeprecated',
  'PackageDeprecated',
  'NeverDowngrades',
  'NoPathKnown',
  'StartingVersionDropped',
  'WaitingPlanReplaced',
  'BehavesAsManual',
  'MakesOthersManual',
  'FreesOthers',
  'NeighboursUnknown',
];
const versions: readonly ChangeEffect['code'][] = [
  'UpgradesAtOnce',
  'UpgradesByHand',
  'InstallsAtOnce',
  'InstallsByHand',
];

/** What a change of a Subscription will do, in words. */
export function ChangeEffects({ effects }: { effects: readonly ChangeEffect[] }) {
  const t = useTranslations('changeSubscription.effect');
  return (
    <ul className="flex flex-col gap-1.5 text-ink">
      {effects.map(({ code, values }) => {
        const { icon: Icon, ink } = lookOf(code);
        return (
          <li key={code} className="flex items-start gap-2">
            <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
            <span className="min-w-0 [overflow-wrap:anywhere]">{t(code, values)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function lookOf(code: ChangeEffect['code']): { icon: LucideIcon; ink: string } {
  if (warnings.includes(code)) return { icon: TriangleAlert, ink: 'text-waiting' };
  if (versions.includes(code)) return { icon: CircleArrowUp, ink: 'text-newer' };
  return { icon: Info, ink: 'text-accent' };
}
