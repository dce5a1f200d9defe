'use client';

import { useFormatter, useNow } from 'next-intl';

/** A moment, relative to now; the absolute time is its title. Kept up to date while it is shown. */
export function Time({ value }: { value: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return <span>{value}</span>;
  return (
    <time
      dateTime={value}
      title={format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })}
      suppressHydrationWarning
    >
      {format.relativeTime(date < now ? date : now, now)}
    </time>
  );
}

/** A calendar day. */
export function Day({ value }: { value: string }) {
  const format = useFormatter();
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return <span>{value}</span>;
  return <time dateTime={value}>{format.dateTime(date, { dateStyle: 'medium' })}</time>;
}
