'use client';

import { Menu, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/use-hydrated';

/** On narrow screens: the button `Navigation` and the sheet that it opens. `children` gets what closes it. */
export function NavigationSheet({ children }: { children: (close: () => void) => ReactNode }) {
  const t = useTranslations('frame');
  const common = useTranslations('common');
  const sheet = useRef<HTMLDialogElement>(null);
  const hydrated = useHydrated();
  const close = () => sheet.current?.close();
  return (
    <div className="lg:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('navigation')}
        aria-haspopup="dialog"
        disabled={!hydrated}
        className="disabled:opacity-100"
        onClick={() => sheet.current?.showModal()}
      >
        <Menu aria-hidden />
      </Button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is the one beside the sheet */}
      <dialog
        ref={sheet}
        aria-label={t('navigation')}
        className="sheet"
        onClick={(event) => event.target === event.currentTarget && close()}
      >
        <div className="flex min-h-full flex-col p-3">
          <Button
            variant="ghost"
            size="icon"
            aria-label={common('close')}
            onClick={close}
            className="absolute top-3 right-3"
          >
            <X aria-hidden />
          </Button>
          {children(close)}
        </div>
      </dialog>
    </div>
  );
}
