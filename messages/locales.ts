export const locales = ['en', 'zh', 'ru'] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words, so that its readers find it in whatever language the page is. */
export const languageNames: Record<Locale, string> = { en: 'English', zh: '中文', ru: 'Русский' };

export const localeCookie = 'locale';

/** The cookie's language when it is one of ours, else the first of `Accept-Language` that is, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const asked = [cookie ?? '', ...(acceptLanguage ?? '').slice(0, 500).split(',')];
  for (const entry of asked) {
    const base = entry.trim().toLowerCase().split(/[-;]/)[0];
    const locale = locales.find((candidate) => candidate === base);
    if (locale) return locale;
  }
  return 'en';
}
