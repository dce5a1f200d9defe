'use client';

import { useLocale } from 'next-intl';
import type { LocalizedText } from '@/lib/plugins/contract';
import type { FormLanguage } from '@/lib/plugins/rules/form/form';

/** The platform writes in two languages; every other reader gets English. */
export function useFormLanguage(): FormLanguage {
  return useLocale().startsWith('zh') ? 'zh' : 'en';
}

/** Picks the reader's language of a text. */
export function useLocalized(): (text: LocalizedText) => string {
  const language = useFormLanguage();
  return (text) => text[language];
}
