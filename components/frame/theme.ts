export const themeCookie = 'theme';
export type Theme = 'light' | 'dark' | 'system';

/** The theme that a cookie names; anything else follows the system. */
export function themeOf(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/**
 * What the theme button chooses: the other of the two that can be seen. The one that the system prefers is
 * stored as `system`, so that two clicks lead back to following it.
 */
export function otherTheme(theme: Theme, systemIsDark: boolean): Theme {
  const isDark = theme === 'system' ? systemIsDark : theme === 'dark';
  if (isDark) return systemIsDark ? 'light' : 'system';
  return systemIsDark ? 'system' : 'dark';
}
