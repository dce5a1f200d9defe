'use client';

import { useTranslations } from 'next-intl';
import type { FormError } from '@/lib/plugins/rules/form/validate';

/** The sentence for what is wrong with a field, in the reader's language. */
export function useErrorWords(): (error: FormError) => string {
  const t = useTranslations('plugins.form.errors');
  return ({ code, limit }) => t(code, { limit: String(limit ?? '') });
}
