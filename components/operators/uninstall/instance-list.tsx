import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { UninstallApi } from '@/lib/operators/uninstall-contract';

const SHOWN = 20;

/** The instances of an operator's APIs, per kind; what could not be read is said. */
export function InstanceList({ apis }: { apis: readonly UninstallApi[] }) {
  const t = useTranslations('uninstall');
  const told = apis.filter(({ instances, unread }) => instances.length > 0 || unread !== undefined);
  if (told.length === 0) return null;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={t('instances')}
      className="max-h-56 overflow-auto rounded-control border border-line-faint bg-subtle px-3 py-2 text-ink"
    >
      <ul className="flex flex-col gap-2.5">
        {told.map((api) => (
          <li key={api.name}>
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{api.kind}</span>
              <span className="text-small text-muted tabular-nums">
                {t(api.complete ? 'instanceCount' : 'instanceCountAtLeast', { count: api.instances.length })}
              </span>
              <span className="name-text text-small text-muted [overflow-wrap:anywhere]">{api.name}</span>
            </p>
            {api.unread !== undefined && (
              <p className="text-small text-waiting [overflow-wrap:anywhere]">
                {t('instancesUnread', { reason: api.unread })}
              </p>
            )}
            <ul className="mt-0.5 flex flex-col">
              {api.instances.slice(0, SHOWN).map(({ uid, namespace, name, deleting, finalizers }) => (
                <li key={uid} className="flex min-h-6 flex-wrap items-center gap-x-2 text-small">
                  <span className="name-text [overflow-wrap:anywhere]">
                    {namespace ? `${namespace}/${name}` : name}
                  </span>
                  {deleting && <Badge tone="waiting">{t('beingDeleted')}</Badge>}
                  {finalizers.length > 0 && (
                    <span className="text-muted [overflow-wrap:anywhere]">
                      {t('finalizers', { finalizers: finalizers.join(', ') })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {api.instances.length > SHOWN && (
              <p className="text-small text-muted">{t('more', { count: api.instances.length - SHOWN })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
