import { CircleAlert, Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import type { OperatorEvent } from '@/lib/operators/installed-contract';

/** Kubernetes Events, newest first. */
export function EventTable({ events }: { events: readonly OperatorEvent[] }) {
  const t = useTranslations('operators.events');
  const columns: Column<OperatorEvent>[] = [
    {
      id: 'reason',
      header: t('reason'),
      cell: ({ type, reason }) => (
        <Badge
          tone={type === 'Warning' ? 'waiting' : 'neutral'}
          icon={type === 'Warning' ? CircleAlert : Info}
        >
          {reason}
        </Badge>
      ),
    },
    {
      id: 'message',
      header: t('message'),
      className: 'min-w-70',
      cell: ({ message, count }) => (
        <span className="[overflow-wrap:anywhere]">
          {message}
          {count > 1 && <span className="text-small text-faint"> {t('times', { count })}</span>}
        </span>
      ),
    },
    {
      id: 'object',
      header: t('object'),
      className: 'min-w-60',
      cell: ({ object, namespace }) => (
        <span>
          <span className="block text-small text-muted">
            {object.kind} · {namespace}
          </span>
          <span className="name-text [overflow-wrap:anywhere]">{object.name}</span>
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('lastSeen'),
      align: 'end',
      className: 'whitespace-nowrap text-muted',
      cell: ({ lastSeen }) => <Time value={lastSeen} />,
    },
  ];
  return (
    <ResourceTable
      label={t('label')}
      columns={columns}
      rows={events}
      rowKey={({ namespace, object, reason, message, lastSeen }) =>
        [namespace, object.kind, object.name, reason, message, lastSeen].join('/')
      }
    />
  );
}
