import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';

/** A page that could not be read: its heading, what happened and what to try. */
export function PageError({ title, error, retry }: { title: ReactNode; error: unknown; retry: () => void }) {
  return (
    <>
      <PageHeader title={title} />
      <ErrorState error={error} retry={retry} />
    </>
  );
}
