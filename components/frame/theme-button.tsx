'use client';

import { Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { keepPreference } from '@/components/frame/preference-cookie';
import { otherTheme, themeCookie, themeOf } from '@/components/frame/theme';
import { Button } from '@/components/ui/button';
import { announce } from '@/components/ui/toast';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Switches between light and dark. */
export function ThemeButton() {
  const t = useTranslations('frame');
  const hydrated = useHydrated();
  function change() {
    const root = document.documentElement;
    const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const next = otherTheme(themeOf(root.dataset.theme), systemIsDark);
    root.dataset.theme = next;
    keepPreference(themeCookie, next);
    const isDark = next === 'dark' || (next === 'system' && systemIsDark);
    announce(isDark ? t('themeDark') : t('themeLight'));
  }
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t('theme')}
      title={t('theme')}
      disabled={!hydrated}
      onClick={change}
      className="disabled:opacity-100"
    >
      {/* Which of the two shows follows the tokens, so that server and browser never disagree. */}
      <Sun aria-hidden className="theme-light" />
      <Moon aria-hidden className="theme-dark" />
    </Button>
  );
}
