'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/frame/account-menu';
import { Breadcrumbs } from '@/components/frame/breadcrumbs';
import { ClusterSwitch } from '@/components/frame/cluster-switch';
import { LanguageSelect } from '@/components/frame/language-select';
import { Logo } from '@/components/frame/logo';
import { Navigation } from '@/components/frame/navigation';
import { NavigationSheet } from '@/components/frame/navigation-sheet';
import { ThemeButton } from '@/components/frame/theme-button';
import type { Session } from '@/lib/auth/contract';
import type { Cluster } from '@/lib/clusters/contract';

export interface FrameProps {
  user: Session['user'];
  /** Undefined while they load. */
  clusters: readonly Cluster[] | undefined;
  cluster: string | undefined;
  onCluster: (name: string) => void;
  /** Where the InstallPlans are that `waiting` counts. */
  approvals: string;
  /** How many InstallPlans wait for approval; undefined when nobody can tell. */
  waiting: number | undefined;
  onSignOut: () => void;
  children: ReactNode;
}

/** Navigation, banner and main: what every page of a signed-in user has around it. */
export function Frame({
  user,
  clusters,
  cluster,
  onCluster,
  approvals,
  waiting,
  onSignOut,
  children,
}: FrameProps) {
  const t = useTranslations('frame');
  const pathname = usePathname();
  const side = (close?: () => void) => (
    <nav aria-label={t('administrator')}>
      <div className="flex h-8 items-center gap-2.5 px-2 text-lead font-semibold tracking-tight">
        <Logo className="size-6" />
        {t('product')}
      </div>
      <div className="py-3">
        <ClusterSwitch
          clusters={clusters}
          current={cluster}
          onChange={(name) => {
            close?.();
            onCluster(name);
          }}
        />
      </div>
      <Navigation
        pathname={pathname}
        cluster={cluster}
        approvals={approvals}
        waiting={waiting}
        onNavigate={close}
      />
    </nav>
  );
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent-solid px-4 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <div className="lg:grid lg:grid-cols-[228px_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh overflow-y-auto border-r border-line px-3 pt-3 pb-6 lg:block">
          {side()}
        </aside>
        <div className="min-w-0">
          <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-background px-4 sm:px-6">
            <NavigationSheet>{side}</NavigationSheet>
            <Breadcrumbs pathname={pathname} />
            <div className="ml-auto flex shrink-0 items-center gap-1">
              <LanguageSelect />
              <ThemeButton />
              <AccountMenu user={user} onSignOut={onSignOut} />
            </div>
          </header>
          <main id="main" tabIndex={-1} className="mx-auto max-w-360 px-4 py-6 outline-none sm:px-6">
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
