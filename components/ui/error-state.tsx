'use client';

import { CloudOff, Lock, LogIn, RotateCw, SearchX, TriangleAlert } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { problemOf } from '@/components/ui/problem-of';
import type { ProblemCode } from '@/lib/http/contract';

const icons: Partial<Record<ProblemCode, typeof Lock>> = {
  forbidden: Lock,
  unauthenticated: LogIn,
  'not-found': SearchX,
  'cluster-unreachable': CloudOff,
};

/** What happened, what the cluster said, and what to try; `retry` is offered where trying again can help. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTranslations('problems');
  const common = useTranslations('common');
  const pathname = usePathname();
  const problem = problemOf(error);
  const code = problem?.code ?? 'internal';
  const Icon = icons[code] ?? TriangleAlert;
  return (
    <div role="alert" className="rounded-card border border-line bg-panel px-6 py-10">
      <div className="mx-auto flex max-w-140 flex-col items-center gap-2 text-center">
        <span className="mb-1 grid size-10 place-items-center rounded-card bg-failed-tint text-failed">
          <Icon aria-hidden className="size-5" />
        </span>
        <h2 className="text-lead font-semibold tracking-tight">{t(`${code}.title`)}</h2>
        {problem && <p className="[overflow-wrap:anywhere]">{problem.detail}</p>}
        <p className="text-muted">{t(`${code}.hint`)}</p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {code === 'unauthenticated' && (
            <ButtonLink href={addresses.login(pathname)} variant="primary">
              {common('signInAgain')}
            </ButtonLink>
          )}
          {retry && code !== 'unauthenticated' && (
            <Button onClick={retry}>
              <RotateCw aria-hidden />
              {common('tryAgain')}
            </Button>
          )}
        </div>
        {problem?.requestId && (
          <p className="mt-2 text-small text-faint">
            {t('request')} <span className="name-text">{problem.requestId}</span>
          </p>
        )}
      </div>
    </div>
  );
}
