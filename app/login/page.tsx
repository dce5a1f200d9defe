import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LanguageSelect } from '@/components/frame/language-select';
import { Logo } from '@/components/frame/logo';
import { ThemeButton } from '@/components/frame/theme-button';
import { currentSession } from '@/lib/auth/server/current-session';
import { signInOptions } from '@/lib/auth/server/sign-in-options';
import { ownPath } from './own-path';
import { SignInForm } from './sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login'))('title') };
}

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; cluster?: string | string[] }>;
}) {
  const asked = await searchParams;
  const next = ownPath(asked.next);
  const t = await getTranslations('login');
  const { platform, hints, clusters, kubeconfig } = await signInOptions();
  // Whoever is signed in comes here only to sign in to one more cluster.
  const cluster = clusters.find((name) => name === asked.cluster);
  const session = await currentSession();
  if (session && asked.cluster === undefined) redirect(next);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-16">
      <div className="fixed top-3 right-4 flex items-center gap-1">
        <LanguageSelect />
        <ThemeButton />
      </div>
      <div className="w-full max-w-95">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Logo className="size-10" />
          <div>
            <h1 className="text-title font-semibold tracking-[-0.015em]">{t('heading')}</h1>
            <p className="text-muted">{t('platform', { platform })}</p>
          </div>
        </div>
        {session && cluster && <p className="mb-4 text-center text-muted">{t('onCluster', { cluster })}</p>}
        <SignInForm
          next={next}
          hints={hints}
          clusters={clusters}
          cluster={cluster ?? clusters[0]}
          kubeconfig={kubeconfig}
        />
      </div>
    </main>
  );
}
