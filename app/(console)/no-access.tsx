'use client';

import { useQuery } from '@tanstack/react-query';
import { ShieldOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { sessionQuery } from '@/lib/auth/queries';

/** For a user whom no cluster lets in: who they are, what is missing, and whom to ask. */
export function NoAccess() {
  const t = useTranslations('access');
  const user = useQuery(sessionQuery()).data?.user;
  return (
    <EmptyState icon={ShieldOff} title={t('noneTitle')}>
      <div className="flex flex-col gap-3">
        {user && (
          <p>
            {t.rich('signedInAs', {
              user: user.name,
              name: (chunks) => <strong className="name-text font-semibold text-ink">{chunks}</strong>,
            })}
            {user.groups.length > 0 && ` ${t('inGroups', { groups: user.groups.join(', ') })}`}
          </p>
        )}
        <p>{t('needed')}</p>
        <ul className="mx-auto flex flex-col gap-1 text-left">
          {neededRights.map(({ verb, resource }) => (
            <li key={resource} className="name-text">
              {verb} {resource}
            </li>
          ))}
        </ul>
        <p>{t('ask')}</p>
      </div>
    </EmptyState>
  );
}

const neededRights = [
  { verb: 'get, list, watch', resource: 'packagemanifests.packages.operators.coreos.com' },
  { verb: 'get, list, watch', resource: 'subscriptions.operators.coreos.com' },
  { verb: 'get, list, watch', resource: 'clusterserviceversions.operators.coreos.com' },
  { verb: 'get, list, watch', resource: 'installplans.operators.coreos.com' },
];
