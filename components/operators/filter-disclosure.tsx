'use client';

import { ListFilter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/** Beside the results where there is room, behind a button where there is none. */
export function FilterDisclosure({ count, children }: { count: number; children: ReactNode }) {
  const t = useTranslations('operators');
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="lg:sticky lg:top-19 lg:-mx-1 lg:max-h-[calc(100dvh-96px)] lg:overflow-y-auto lg:px-1 lg:pb-2">
      <Button aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} className="lg:hidden">
        <ListFilter aria-hidden />
        {count > 0 ? t('filtersWith', { count }) : t('filters')}
      </Button>
      <div id={id} className={cn('max-lg:mt-4', !open && 'max-lg:hidden')}>
        {children}
      </div>
    </div>
  );
}
