'use client';

import { Eye, EyeOff, FileKey2, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Field, FieldNotes } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { Select } from '@/components/ui/select';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Session } from '@/lib/auth/contract';
import { signIn, signInWithKubeconfig } from '@/lib/auth/queries';

export interface SignInFormProps {
  /** The page to show afterwards. */
  next: string;
  hints: { label: string; token: string }[];
  /** Clusters that each judge tokens of their own; empty where one token serves all. */
  clusters: string[];
  /** The one of them to begin with. */
  cluster: string | undefined;
  /** Whether the kubeconfig's own credentials may be used. */
  kubeconfig: boolean;
}

/**
 * Signs in with a bearer token, a typed one or one of those that the demonstration offers, or with what a kubeconfig
 * holds.
 */
export function SignInForm({ next, hints, clusters, cluster: first, kubeconfig }: SignInFormProps) {
  const t = useTranslations('login');
  const [token, setToken] = useState('');
  const [cluster, setCluster] = useState(first);
  const hydrated = useHydrated();
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<{ title: string; detail?: string }>();

  async function submit(given: string) {
    setMissing(given.trim() === '');
    if (given.trim() !== '') await enter(() => signIn({ token: given.trim(), cluster }));
  }

  async function enter(attempt: () => Promise<Session>) {
    setFailure(undefined);
    setBusy(true);
    try {
      await attempt();
      // A whole new document, so that it is rendered with the session.
      location.assign(next);
    } catch (error) {
      const problem = problemOf(error);
      const refused = problem?.code === 'unauthenticated' || problem?.code === 'invalid-input';
      setFailure({
        title: refused ? t('notAccepted') : t('failed'),
        detail: refused ? t('notAcceptedHint') : problem?.detail,
      });
      setBusy(false);
    }
  }

  return (
    <Card className="p-5">
      {failure && (
        <Notice tone="failed" title={failure.title} className="mb-4">
          {failure.detail}
        </Notice>
      )}
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(token);
        }}
      >
        {clusters.length > 0 && (
          <Field id="cluster" label={t('cluster')}>
            <Select
              id="cluster"
              value={cluster}
              disabled={!hydrated}
              onChange={(event) => setCluster(event.target.value)}
            >
              {clusters.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
        )}
        <div className="flex flex-col gap-1.5">
          <label htmlFor="token" className="font-medium">
            {t('token')}
          </label>
          <div className="relative">
            {/* Not type=password: that is no textbox to a screen reader, and password managers would keep the token. */}
            <input
              id="token"
              type="text"
              value={token}
              readOnly={!hydrated}
              onChange={(event) => setToken(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={missing || undefined}
              aria-describedby={missing ? 'token-error token-help' : 'token-help'}
              className={`${inputClass} pr-10 font-mono text-small ${shown ? '' : '[-webkit-text-security:disc]'}`}
            />
            <button
              type="button"
              aria-pressed={shown}
              aria-label={t('show')}
              onClick={() => setShown(!shown)}
              className="absolute top-1 right-1 grid size-7 place-items-center rounded-chip text-muted hover:bg-subtle hover:text-ink"
            >
              {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
            </button>
          </div>
          <FieldNotes id="token" error={missing ? t('missing') : undefined} help={t('help')} />
        </div>
        <Button
          type="submit"
          variant="primary"
          size="large"
          disabled={busy || !hydrated}
          className={hydrated ? undefined : 'disabled:opacity-100'}
        >
          {busy && <LoaderCircle aria-hidden className="animate-spin" />}
          {t('signIn')}
        </Button>
      </form>
      {kubeconfig && (
        <div className="mt-5 flex flex-col gap-1.5 border-t border-line-faint pt-4">
          <Button
            disabled={busy || !hydrated}
            aria-describedby="kubeconfig-help"
            onClick={() => void enter(() => signInWithKubeconfig({ cluster }))}
            className={hydrated ? undefined : 'disabled:opacity-100'}
          >
            <FileKey2 aria-hidden />
            {t('kubeconfig')}
          </Button>
          <p id="kubeconfig-help" className="text-small text-muted">
            {t('kubeconfigHelp')}
          </p>
        </div>
      )}
      {hints.length > 0 && (
        <div className="mt-5 border-t border-line-faint pt-4">
          <p className="mb-2 text-small text-muted">{t('hints')}</p>
          <div className="grid grid-cols-2 gap-2">
            {hints.map(({ label, token: hint }) => (
              <Button
                key={label}
                disabled={busy || !hydrated}
                onClick={() => void submit(hint)}
                className={cn('min-w-0', !hydrated && 'disabled:opacity-100')}
              >
                <span className="truncate">{t('signInAs', { label })}</span>
              </Button>
            ))}
          </div>
        </div>
      )}
    </Card>
  );
}
