import {
  CircleArrowUp,
  CircleCheck,
  CircleDashed,
  CircleX,
  EyeOff,
  LoaderCircle,
  type LucideIcon,
  PackageOpen,
  Stamp,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import type { OperatorStatus } from '@/lib/operators/contract';

const looks: Record<OperatorStatus, { tone: Tone; icon: LucideIcon; spinning?: boolean }> = {
  Absent: { tone: 'neutral', icon: EyeOff },
  Ready: { tone: 'accent', icon: CircleDashed },
  Resolving: { tone: 'accent', icon: LoaderCircle, spinning: true },
  Unpacking: { tone: 'accent', icon: PackageOpen },
  'Awaiting approval': { tone: 'waiting', icon: Stamp },
  Installing: { tone: 'accent', icon: LoaderCircle, spinning: true },
  Installed: { tone: 'good', icon: CircleCheck },
  'Upgrade available': { tone: 'newer', icon: CircleArrowUp },
  Upgrading: { tone: 'newer', icon: LoaderCircle, spinning: true },
  Failed: { tone: 'failed', icon: CircleX },
  Uninstalling: { tone: 'waiting', icon: Trash2 },
};

/** An operator's status: icon, word and colour. */
export function StatusBadge({ status }: { status: OperatorStatus }) {
  const t = useTranslations('operators.status');
  const { tone, icon, spinning } = looks[status];
  return (
    <Badge tone={tone} icon={icon} spinning={spinning}>
      {t(status)}
    </Badge>
  );
}
