import { CircleCheck, CloudOff, KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { Cluster } from '@/lib/clusters/contract';

type Health = Cluster['health'];

const looks: Record<Health, { tone: Tone; icon: typeof CloudOff; dot: string }> = {
  Healthy: { tone: 'good', icon: CircleCheck, dot: 'bg-good' },
  Unreachable: { tone: 'failed', icon: CloudOff, dot: 'bg-failed' },
  SignInNeeded: { tone: 'waiting', icon: KeyRound, dot: 'bg-waiting' },
};

/** Whether a cluster can be used, in a word. */
export function HealthBadge({ health }: { health: Health }) {
  const t = useTranslations('clusters.health');
  const { tone, icon } = looks[health];
  return (
    <Badge tone={tone} icon={icon}>
      {t(health)}
    </Badge>
  );
}

/** The same as a dot, where the word stands elsewhere. */
export function HealthDot({ health }: { health: Health | undefined }) {
  return (
    <span
      aria-hidden
      className={cn('size-2 shrink-0 rounded-full', health ? looks[health].dot : 'bg-line')}
    />
  );
}
