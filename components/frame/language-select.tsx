'use client';

import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { keepPreference } from '@/components/frame/preference-cookie';
import { useHydrated } from '@/components/ui/use-hydrated';
import { languageNames, localeCookie, locales } from '@/messages/locales';

/** Chooses the language; the page is rendered anew in it. */
export function LanguageSelect() {
  const t = useTranslations('frame');
  const locale = useLocale();
  const router = useRouter();
  const hydrated = useHydrated();
  useEffect(() => {
    // The server writes dates too and has no other way to learn the reader's zone.
    keepPreference('time-zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return (
    <span className="relative inline-flex h-8 items-center gap-1.5 rounded-control px-2 text-muted focus-within:outline-2 focus-within:outline-accent-solid hover:bg-subtle hover:text-ink">
      <Languages aria-hidden className="size-4" />
      <span aria-hidden className="hidden text-small font-medium sm:inline">
        {languageNames[locale]}
      </span>
      <select
        aria-label={t('language')}
        value={locale}
        disabled={!hydrated}
        onChange={(event) => {
          keepPreference(localeCookie, event.target.value);
          router.refresh();
        }}
        className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
      >
        {locales.map((code) => (
          <option key={code} value={code} lang={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
    </span>
  );
}
