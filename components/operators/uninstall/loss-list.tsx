import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { Loss } from '@/lib/operators/uninstall-contract';

const grave: readonly Loss['code'][] = ['InstancesStuck', 'OthersNeedApis'];
const harmless: readonly Loss['code'][] = ['OthersStay', 'OtherInstallations', 'OthersProvideApis'];

/** What this cluster loses, in words. */
export function LossList({ losses }: { losses: readonly Loss[] }) {
  const t = useTranslations('uninstall.loss');
  return (
    <ul className="flex flex-col gap-1.5 text-ink">
      {losses.map(({ code, names, count }) => {
        const { icon: Icon, ink } = lookOf(code);
        return (
          <li key={code} className="flex items-start gap-2">
            <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {t(code, { names: names.join(', '), count })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function lookOf(code: Loss['code']): { icon: LucideIcon; ink: string } {
  if (grave.includes(code)) return { icon: CircleAlert, ink: 'text-failed' };
  if (harmless.includes(code)) return { icon: Info, ink: 'text-accent' };
  return { icon: TriangleAlert, ink: 'text-waiting' };
}
