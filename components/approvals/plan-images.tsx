'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CardSection } from '@/components/ui/card';
import type { ReviewedOperator } from '@/lib/operators/plan-contract';

type Image = ReviewedOperator['images'][number];
const FIRST = 8;

/** Images that a plan changes, from which to which. */
export function PlanImages({ operators }: { operators: readonly ReviewedOperator[] }) {
  const t = useTranslations('approvals.images');
  const rights = useTranslations('approvals.rights');
  const [all, setAll] = useState(false);
  const images = operators.flatMap((operator) =>
    operator.images.map((image) => ({
      ...image,
      id: `${operator.clusterServiceVersion} ${image.kind} ${image.name}`,
    })),
  );
  const fresh = images.filter(({ from }) => from === undefined).length;
  const byTag = images.filter((image) => image.byTag).length;
  const shown = all ? images : images.slice(0, FIRST);
  return (
    <CardSection
      title={t('title')}
      bodyClassName="p-0"
      aside={
        <span className="flex flex-wrap gap-2">
          {images.length - fresh > 0 && <Badge>{t('changed', { count: images.length - fresh })}</Badge>}
          {fresh > 0 && <Badge tone="good">{t('new', { count: fresh })}</Badge>}
        </span>
      }
    >
      {images.length === 0 && <p className="px-4 py-3 text-muted">{t('none')}</p>}
      <ul className="divide-y divide-line-faint">
        {shown.map((image) => (
          <ImageRow key={image.id} image={image} />
        ))}
      </ul>
      {shown.length < images.length && (
        <div className="border-t border-line-faint px-2 py-1">
          <Button variant="ghost" size="small" onClick={() => setAll(true)}>
            {rights('showAll', { count: images.length })}
          </Button>
        </div>
      )}
      {byTag > 0 && (
        <p className="border-t border-line-faint px-4 py-2 text-small text-muted">
          {t('byTag', { count: byTag })}
        </p>
      )}
    </CardSection>
  );
}

function ImageRow({ image: { name, from, to, moved } }: { image: Image }) {
  const t = useTranslations('approvals.images');
  const operators = useTranslations('operators');
  const short = !moved && from !== undefined;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5">
      <span className="name-text min-w-0 text-muted [overflow-wrap:anywhere]">{name}</span>
      <span className="name-text inline-flex min-w-0 flex-wrap items-center gap-x-2 sm:justify-end">
        {from && (
          <>
            <del className="text-failed no-underline [overflow-wrap:anywhere]" title={from}>
              {short ? tagOf(from) : from}
            </del>
            <ArrowRight aria-hidden className="size-3 shrink-0 text-faint" />
            <span className="sr-only">{operators('to')}</span>
          </>
        )}
        {to ? (
          <ins className="text-good no-underline [overflow-wrap:anywhere]" title={to}>
            {short ? tagOf(to) : to}
          </ins>
        ) : (
          <span className="text-muted">{t('removed')}</span>
        )}
      </span>
      {moved && <span className="w-full text-small text-waiting">{t('moved')}</span>}
    </li>
  );
}

/** Tag or digest of an image whose repository stays the same; digests are cut to what can be told apart. */
function tagOf(image: string): string {
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  const tag = colon < 0 ? undefined : last.slice(colon + 1);
  return [tag, digest?.slice(0, 19)].filter(Boolean).join('@') || image;
}
