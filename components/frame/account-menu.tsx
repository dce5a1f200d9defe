'use client';

import { LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DropdownMenu } from 'radix-ui';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Session } from '@/lib/auth/contract';

/** Who is signed in, and how to leave. */
export function AccountMenu({ user, onSignOut }: { user: Session['user']; onSignOut: () => void }) {
  const t = useTranslations('frame');
  const hydrated = useHydrated();
  return (
    // Not modal: the page behind a small menu may stay readable, and nothing has to lock its scrolling.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={t('account')}
        title={user.name}
        disabled={!hydrated}
        className="ml-1 grid size-7 place-items-center rounded-full bg-accent-solid text-group font-semibold text-on-accent"
      >
        <span aria-hidden>{user.name.slice(0, 2).toUpperCase()}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={8}
          collisionPadding={12}
          className="z-50 w-64 rounded-card border border-line bg-raised p-1.5 shadow-float"
        >
          <DropdownMenu.Label className="px-2.5 py-2">
            <span className="block truncate font-semibold">{user.name}</span>
            {user.groups.length > 0 && (
              <span className="mt-0.5 block text-small text-muted [overflow-wrap:anywhere]">
                {t('groups', { groups: user.groups.join(', ') })}
              </span>
            )}
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line-faint" />
          <DropdownMenu.Item
            onSelect={onSignOut}
            className="flex h-8 items-center gap-2 rounded-control px-2.5 outline-none data-highlighted:bg-subtle"
          >
            <LogOut aria-hidden className="size-4 text-muted" />
            {t('signOut')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
