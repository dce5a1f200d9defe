import { SearchX } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';

export default async function NotFound() {
  const t = await getTranslations('common');
  return (
    <main className="mx-auto flex min-h-dvh max-w-160 flex-col justify-center px-4">
      <h1 className="sr-only">{t('notFoundTitle')}</h1>
      <EmptyState
        icon={SearchX}
        title={t('notFoundTitle')}
        action={
          <ButtonLink href={addresses.home} variant="primary">
            {t('toOverview')}
          </ButtonLink>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </main>
  );
}
