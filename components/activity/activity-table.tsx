'use client';

import { CirclePlus, CircleX, type LucideIcon, PencilLine, Stamp, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import type { Activity } from '@/lib/activity/contract';

const looks: Record<Activity['action'], { icon: LucideIcon; tone: Tone }> = {
  Created: { icon: CirclePlus, tone: 'accent' },
  Approved: { icon: Stamp, tone: 'good' },
  Changed: { icon: PencilLine, tone: 'neutral' },
  Deleted: { icon: Trash2, tone: 'waiting' },
};

/** Who did what to which object, newest first. */
export function ActivityTable({ activities }: { activities: readonly Activity[] }) {
  const t = useTranslations('activity');
  const columns: Column<Activity>[] = [
    {
      id: 'object',
      header: t('object'),
      className: 'min-w-44 align-top sm:min-w-64',
      cell: ({ about, object: { kind, namespace, name } }) => (
        <span className="flex flex-col">
          <span className="font-medium [overflow-wrap:anywhere]">{about ?? name}</span>
          <span className="text-small text-faint [overflow-wrap:anywhere]">
            {[kind, namespace, about && name].filter(Boolean).join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'action',
      header: t('action'),
      className: 'align-top',
      cell: ({ action, error }) => (
        <Badge icon={error ? CircleX : looks[action].icon} tone={error ? 'failed' : looks[action].tone}>
          {error ? t('refused', { action: t(`actions.${action}`) }) : t(`actions.${action}`)}
        </Badge>
      ),
    },
    {
      id: 'user',
      header: t('user'),
      className: 'align-top',
      cell: ({ user }) => <span className="name-text">{user}</span>,
    },
    {
      id: 'what',
      header: t('what'),
      className: 'min-w-60 align-top',
      cell: (activity) => <Changes activity={activity} />,
    },
    {
      id: 'time',
      header: t('time'),
      align: 'end',
      className: 'align-top whitespace-nowrap text-muted',
      cell: ({ time }) => <Time value={time} />,
    },
  ];
  return <ResourceTable label={t('table')} columns={columns} rows={activities} rowKey={({ id }) => id} />;
}

function Changes({ activity: { changes, error } }: { activity: Activity }) {
  const t = useTranslations('activity');
  return (
    <div className="max-w-140 text-small [overflow-wrap:anywhere]">
      <ul>
        {changes.map(({ path, before, after }) => (
          <li key={path}>
            <span className="name-text text-muted">{path.slice(1).replaceAll('/', '.')}</span>{' '}
            {after === undefined ? (
              <span className="text-faint">{t('changed')}</span>
            ) : before === undefined ? (
              <span className="name-text">{after}</span>
            ) : (
              <span className="name-text">
                {before} → {after}
              </span>
            )}
          </li>
        ))}
      </ul>
      {error && <p className="text-failed">{error}</p>}
    </div>
  );
}
