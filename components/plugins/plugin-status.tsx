import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  EyeOff,
  LoaderCircle,
  type LucideIcon,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import { type PluginStatus, pluginStatuses } from '@/lib/plugins/contract';

const looks: Record<PluginStatus, { tone: Tone; icon: LucideIcon; spinning?: boolean }> = {
  Absent: { tone: 'neutral', icon: EyeOff },
  Ready: { tone: 'accent', icon: CircleDashed },
  Installing: { tone: 'accent', icon: LoaderCircle, spinning: true },
  Running: { tone: 'good', icon: CircleCheck },
  Upgrading: { tone: 'newer', icon: LoaderCircle, spinning: true },
  Failed: { tone: 'failed', icon: CircleX },
  Deleting: { tone: 'waiting', icon: Trash2 },
};

const known = (status: string) => pluginStatuses.find((one) => one === status);

/** The reader's word for a status; a phase that is not known stays as the platform wrote it. */
export function useStatusLabel(): (status: string) => string {
  const t = useTranslations('plugins.status');
  return (status) => {
    const name = known(status);
    return name ? t(name) : status;
  };
}

/** A plugin's status on a cluster: icon, word and colour. */
export function PluginStatusBadge({ status }: { status: string }) {
  const label = useStatusLabel();
  const name = known(status);
  const { tone, icon, spinning } = name
    ? looks[name]
    : { tone: 'neutral' as const, icon: CircleHelp, spinning: false };
  return (
    <Badge tone={tone} icon={icon} spinning={spinning}>
      {label(status)}
    </Badge>
  );
}
