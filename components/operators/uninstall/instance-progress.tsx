import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { InstanceProgress } from '@/lib/operators/uninstall-contract';

/** How far the deletion of instances is, and which finalizers hold what remains. */
export function InstanceDeletion({ progress }: { progress: InstanceProgress }) {
  const t = useTranslations('uninstall');
  const { total, remaining, refused } = progress;
  const gone = total - remaining.length;
  const id = useId();
  const blocked = remaining.filter(({ deleting, finalizers }) => deleting && finalizers.length > 0);
  return (
    <div className="mt-2 flex flex-col gap-3">
      <div>
        <p id={id} aria-live="polite" className="mb-1 text-small text-muted tabular-nums">
          {t('goneOf', { gone, total })}
        </p>
        <div
          role="progressbar"
          aria-labelledby={id}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={gone}
          className="h-1.5 overflow-hidden rounded-full bg-subtle"
        >
          <div
            className="h-full rounded-full bg-accent-solid transition-[width]"
            style={{ width: `${total === 0 ? 100 : (gone / total) * 100}%` }}
          />
        </div>
      </div>
      {blocked.length > 0 && <Blockers objects={blocked} />}
      {refused.length > 0 && (
        <ul className="flex flex-col gap-1 text-small text-failed">
          {refused.map(({ kind, namespace, name, detail }) => (
            <li key={`${kind}/${namespace}/${name}`} className="[overflow-wrap:anywhere]">
              <span className="name-text">{`${kind} ${namespace ? `${namespace}/` : ''}${name}`}</span>:{' '}
              {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Objects that are being deleted and wait for somebody to remove their finalizers. */
export function Blockers({
  objects,
}: {
  objects: readonly { kind?: string; namespace?: string; name: string; uid: string; finalizers: string[] }[];
}) {
  const t = useTranslations('uninstall');
  return (
    <div className="rounded-control bg-waiting-tint px-3 py-2">
      <p className="font-medium text-waiting">{t('blockedTitle')}</p>
      <ul className="mt-1 flex flex-col gap-0.5 text-small">
        {objects.slice(0, 20).map(({ kind, namespace, name, uid, finalizers }) => (
          <li key={uid} className="[overflow-wrap:anywhere]">
            <span className="name-text">{`${kind ? `${kind} ` : ''}${namespace ? `${namespace}/` : ''}${name}`}</span>
            : <span className="name-text">{finalizers.join(', ')}</span>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-small">{t('blockedText')}</p>
    </div>
  );
}
