'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf } from '@/components/ui/problem-of';
import { announce } from '@/components/ui/toast';
import type { ChosenComponent, Run, RunLine } from '@/lib/clusters/features-contract';
import {
  componentsQuery,
  continueRun,
  runQuery,
  stopRun,
  upgradeComponents,
} from '@/lib/clusters/features-queries';

/** What this browser carries out on a cluster. */
interface OwnRun {
  run: Run;
  notStored?: string;
  /** Whether it is under way. */
  isHere: boolean;
  /** Why it broke off. */
  problem?: string;
}

interface Order {
  lines: (signal: AbortSignal) => AsyncGenerator<RunLine>;
  /** Says how it ended, or that it broke off, wherever the reader is by then. */
  tell: (run: Run, problem?: string) => void;
}

/** By cluster, what ends the request that carries the run out. */
const aborts = new Map<string, AbortController>();

export interface UpgradeRun {
  /** The run that this page shows: its own, else the stored one. */
  run: Run | undefined;
  isHere: boolean;
  notStored: string | undefined;
  problem: string | undefined;
  /** Whether this browser took part in it since the page was loaded. */
  isRecent: boolean;
  start: (components: readonly ChosenComponent[]) => void;
  goOn: (retry?: readonly string[]) => void;
  stop: () => void;
}

/**
 * The upgrade run of a cluster. One that this browser carries out goes on while the reader is on other pages; a reload
 * ends the part of this page, and the stored run tells where to go on.
 */
export function useUpgradeRun(cluster: string): UpgradeRun {
  const t = useTranslations('features');
  const client = useQueryClient();
  const carryOut = useCarryOut();
  const stored = useQuery({ ...runQuery(cluster), retry: false });
  const own = useQuery<OwnRun | null>({
    queryKey: ownKey(cluster),
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  }).data;
  const shown = own?.isHere || own?.notStored ? own.run : (stored.data?.run ?? undefined);
  return {
    run: shown,
    isHere: own?.isHere ?? false,
    notStored: own?.notStored,
    problem: own?.problem,
    isRecent: own !== undefined && own !== null,
    start: (components) => carryOut(cluster, (signal) => upgradeComponents(cluster, components, signal)),
    goOn: (retry = []) => {
      const again = own?.notStored && retry.length > 0;
      const steps = own?.run.steps.filter(({ key }) => retry.includes(key)) ?? [];
      if (again) carryOut(cluster, (signal) => upgradeComponents(cluster, steps, signal), own.run);
      else carryOut(cluster, (signal) => continueRun(cluster, retry, signal), shown);
    },
    stop: () => {
      if (own?.notStored) {
        aborts.get(cluster)?.abort();
        announce(t('stopping'));
        return;
      }
      stopRun(cluster).then(
        (answer) => {
          client.setQueryData(runQuery(cluster).queryKey, answer);
          announce(t('stopping'));
        },
        (error: unknown) => announce(problemOf(error)?.detail ?? String(error), true),
      );
    },
  };
}

/** Starts a run on one of several clusters; the runs of the others go on whatever becomes of it. */
export function useStartUpgrade(): (cluster: string, components: readonly ChosenComponent[]) => void {
  const carryOut = useCarryOut();
  return (cluster, components) =>
    carryOut(cluster, (signal) => upgradeComponents(cluster, components, signal));
}

function useCarryOut(): (cluster: string, lines: Order['lines'], first?: Run) => void {
  const t = useTranslations('features');
  const client = useQueryClient();
  return (cluster, lines, first) => {
    const tell = ({ steps }: Run, problem?: string) => {
      if (problem) return announce(t('endedBroken', { cluster, problem }), true);
      const counted = (state: string) => steps.filter((step) => step.state === state).length;
      const [failed, done, count] = [
        counted('failed'),
        counted('succeeded'),
        steps.length - counted('skipped'),
      ];
      announce(
        failed > 0 ? t('endedFailed', { cluster, failed, count }) : t('ended', { cluster, done, count }),
        failed > 0,
      );
    };
    void follow(client, cluster, { lines, tell }, first);
  };
}

function ownKey(cluster: string) {
  return ['upgrade-run', cluster];
}

async function follow(
  client: QueryClient,
  cluster: string,
  { lines, tell }: Order,
  first: Run | undefined,
): Promise<void> {
  const abort = new AbortController();
  aborts.set(cluster, abort);
  const steps = new Map((first?.steps ?? []).map((step) => [step.key, step]));
  let now: OwnRun = {
    run: first ?? {
      id: '',
      cluster,
      startedBy: '',
      startedAt: new Date().toISOString(),
      steps: [],
      drivers: [],
      finished: false,
    },
    isHere: true,
  };
  const show = (next: Partial<OwnRun>) => {
    now = { ...now, ...next };
    client.setQueryData<OwnRun>(ownKey(cluster), now);
  };
  const refresh = () => client.invalidateQueries({ queryKey: runQuery(cluster).queryKey });
  show({});
  try {
    for await (const { run, ...step } of lines(abort.signal)) {
      steps.set(step.key, step);
      show({ run: { ...now.run, id: run.id, steps: [...steps.values()] }, notStored: run.notStored });
    }
    const done = { ...now.run, finished: true };
    show({ run: done });
    // What was stored before this page went on with it must not stand there again for a moment.
    await refresh();
    show({ isHere: false });
    tell(done);
  } catch (error) {
    await refresh();
    const problem = abort.signal.aborted ? undefined : (problemOf(error)?.detail ?? String(error));
    show({ isHere: false, run: { ...now.run, finished: true }, problem });
    if (problem) tell(now.run, problem);
  } finally {
    void client.invalidateQueries({ queryKey: componentsQuery(cluster).queryKey.slice(0, 3) });
  }
}
