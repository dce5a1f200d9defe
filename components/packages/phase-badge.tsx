import {
  CircleCheck,
  CircleDashed,
  CircleX,
  EyeOff,
  LoaderCircle,
  type LucideIcon,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import type { UploadedVersion } from '@/lib/packages/list-contract';

const looks: Record<UploadedVersion['phase'], { tone: Tone; icon: LucideIcon; spinning?: boolean }> = {
  Present: { tone: 'good', icon: CircleCheck },
  Pending: { tone: 'accent', icon: LoaderCircle, spinning: true },
  Failed: { tone: 'failed', icon: CircleX },
  Deleting: { tone: 'neutral', icon: Trash2 },
  Deleted: { tone: 'neutral', icon: EyeOff },
  Unknown: { tone: 'neutral', icon: CircleDashed },
};

/** The phase of an uploaded version, in the platform's word. */
export function PhaseBadge({ phase }: { phase: UploadedVersion['phase'] }) {
  const t = useTranslations('packages.phase');
  const { tone, icon, spinning } = looks[phase];
  return (
    <Badge tone={tone} icon={icon} spinning={spinning ?? false}>
      {t(phase)}
    </Badge>
  );
}
