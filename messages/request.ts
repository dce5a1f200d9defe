import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, localeCookie } from './locales';

/** The language of a page: the reader's choice in the cookie, else the first that the browser asks for. */
export default getRequestConfig(async () => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(localeCookie)?.value, sent.get('accept-language'));
  const messages = await load[locale]();
  // Without one zone for server and browser the two would write different hours into the same page.
  return { locale, messages: messages.default, timeZone: jar.get('time-zone')?.value || 'UTC' };
});

const load = {
  en: () => import('./en.json'),
  zh: () => import('./zh.json'),
  ru: () => import('./ru.json'),
};
