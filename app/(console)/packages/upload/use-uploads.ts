'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef } from 'react';
import {
  applyPushEvent,
  type FileProblem,
  isGzip,
  isPushable,
  isVerified,
  kindOf,
  noProgress,
  type UploadItem,
} from '@/components/packages/upload-item';
import { ProblemResponse } from '@/lib/http/fetch';
import { inspectUpload, pushUpload, removeUpload } from '@/lib/packages/queries';
import { type Sending, sendPackage } from '@/lib/packages/send-package';
import { uploadLimits } from '@/lib/packages/upload-contract';

type Stage = UploadItem['stage'];
type Action =
  | { add: UploadItem }
  | { key: string; stage: Stage | ((stage: Stage) => Stage) }
  | { key: string; acceptUnverified: boolean }
  | { remove: string };

function reduce(items: UploadItem[], action: Action): UploadItem[] {
  if ('add' in action) return [...items, action.add];
  if ('remove' in action) return items.filter(({ key }) => key !== action.remove);
  return items.map((item) => {
    if (item.key !== action.key) return item;
    if ('acceptUnverified' in action) return { ...item, acceptUnverified: action.acceptUnverified };
    const { stage } = action;
    return { ...item, stage: typeof stage === 'function' ? stage(item.stage) : stage };
  });
}

export interface UsedUploads {
  items: UploadItem[];
  choose: (files: Iterable<File>) => Promise<void>;
  pause: (key: string) => void;
  resume: (key: string) => void;
  remove: (key: string) => Promise<void>;
  verify: (key: string, checksum: string) => Promise<void>;
  accept: (key: string, accepted: boolean) => void;
  /** Pushes every package that may be, one after another. */
  push: (clusters: string[]) => Promise<void>;
}

/**
 * The packages that were chosen on this page, each on its way from the file to the platform. They go on while the
 * dialog is closed, and end with the page.
 */
export function useUploads(explain: (problem: FileProblem, name: string) => string): UsedUploads {
  const client = useQueryClient();
  const [items, dispatch] = useReducer(reduce, []);
  const latest = useRef(items);
  latest.current = items;
  const sendings = useRef(new Map<string, Sending>());
  const sidecars = useRef(new Map<string, File>());
  const stop = useRef<AbortController>(undefined);
  const counter = useRef(0);
  useEffect(() => {
    stop.current = new AbortController();
    const running = sendings.current;
    return () => {
      stop.current?.abort();
      for (const sending of running.values()) sending.pause();
    };
  }, []);
  const setStage = (key: string, stage: Stage | ((stage: Stage) => Stage)) => dispatch({ key, stage });
  const refuse = (key: string, error: unknown) => setStage(key, { name: 'refused', reason: reasonOf(error) });

  async function choose(files: Iterable<File>): Promise<void> {
    const chosen = [...files];
    for (const file of chosen) if (kindOf(file) === 'sidecar') sidecars.current.set(file.name, file);
    const underWay = new Set(latest.current.filter(isUnderWay).map(({ fileName }) => fileName));
    const work: Promise<void>[] = latest.current.map(verifyAnew);
    for (const file of chosen) {
      const kind = kindOf(file);
      if (kind === 'sidecar') continue;
      const problem = kind === 'package' ? await problemOf(file, underWay) : kind;
      counter.current++;
      const key = String(counter.current);
      const stage: Stage = problem
        ? { name: 'refused', reason: explain(problem, file.name) }
        : { name: 'sending', sent: 0, paused: false };
      dispatch({ add: { key, fileName: file.name, size: file.size, stage, acceptUnverified: false } });
      if (problem) continue;
      underWay.add(file.name);
      work.push(send(key, file));
    }
    await Promise.all(work);
  }

  /** A signature or checksum file may be chosen after its package. */
  async function verifyAnew({ key, fileName, stage }: UploadItem): Promise<void> {
    if (stage.name !== 'ready' || isVerified(stage.verification)) return;
    const beside = await besides(sidecars.current, fileName);
    if (!beside.checksum && !beside.signature) return;
    setStage(key, { name: 'reading' });
    await read(key, fileName, stage.id, beside).catch((error) => refuse(key, error));
  }

  async function send(key: string, file: File): Promise<void> {
    try {
      const sending = await sendPackage(file, (sent) =>
        setStage(key, (stage) => (stage.name === 'sending' ? { ...stage, sent } : stage)),
      );
      sendings.current.set(key, sending);
      const id = await sending.done;
      sendings.current.delete(key);
      setStage(key, { name: 'reading' });
      await read(key, file.name, id, await besides(sidecars.current, file.name));
    } catch (error) {
      sendings.current.delete(key);
      refuse(key, error);
    }
  }

  async function read(
    key: string,
    fileName: string,
    id: string,
    beside: { checksum?: string; signature?: string },
  ): Promise<void> {
    const { summary, verification } = await inspectUpload(id, beside);
    if (verification.outcome === 'failed') {
      // The console has removed it.
      setStage(key, { name: 'refused', reason: verification.reason ?? fileName });
    } else {
      setStage(key, { name: 'ready', id, summary, verification });
    }
  }

  async function pushOne(key: string, clusters: string[]): Promise<void> {
    const item = latest.current.find((candidate) => candidate.key === key);
    if (!item || !isPushable(item)) return;
    const { stage, acceptUnverified } = item;
    if (stage.name !== 'ready' && stage.name !== 'stopped') return;
    const { id, summary, verification } = stage;
    let progress = noProgress;
    setStage(key, { name: 'pushing', id, summary, progress });
    try {
      for await (const event of pushUpload(id, { clusters, acceptUnverified }, stop.current?.signal)) {
        progress = applyPushEvent(progress, event);
        setStage(key, { name: 'pushing', id, summary, progress });
      }
      setStage(key, { name: 'pushed', summary, progress });
    } catch (error) {
      setStage(key, { name: 'stopped', id, summary, verification, reason: reasonOf(error) });
    } finally {
      void client.invalidateQueries({ queryKey: ['packages'] });
    }
  }

  return {
    items,
    choose,
    pause: (key) => {
      sendings.current.get(key)?.pause();
      setStage(key, (stage) => (stage.name === 'sending' ? { ...stage, paused: true } : stage));
    },
    resume: (key) => {
      sendings.current.get(key)?.resume();
      setStage(key, (stage) => (stage.name === 'sending' ? { ...stage, paused: false } : stage));
    },
    remove: async (key) => {
      const stage = latest.current.find((item) => item.key === key)?.stage;
      dispatch({ remove: key });
      await sendings.current
        .get(key)
        ?.cancel()
        .catch(() => undefined);
      sendings.current.delete(key);
      // What can't be removed now is removed by the console's own time limit.
      if (stage && 'id' in stage) await removeUpload(stage.id).catch(() => undefined);
    },
    verify: async (key, checksum) => {
      const stage = latest.current.find((item) => item.key === key)?.stage;
      const fileName = latest.current.find((item) => item.key === key)?.fileName ?? '';
      if (stage?.name !== 'ready') return;
      setStage(key, { name: 'reading' });
      await read(key, fileName, stage.id, { checksum }).catch((error) => refuse(key, error));
    },
    accept: (key, acceptUnverified) => dispatch({ key, acceptUnverified }),
    push: async (clusters) => {
      for (const { key } of latest.current.filter(isPushable)) await pushOne(key, clusters);
    },
  };
}

function isUnderWay({ stage }: UploadItem): boolean {
  return stage.name !== 'refused' && stage.name !== 'pushed';
}

async function problemOf(file: File, underWay: ReadonlySet<string>): Promise<FileProblem | undefined> {
  if (underWay.has(file.name)) return 'twice';
  if (underWay.size >= uploadLimits.perUser) return 'tooMany';
  return (await isGzip(file)) ? undefined : 'notGzip';
}

/** What lies beside a package: `<package>.sig` and `<package>.sha256`. */
async function besides(
  sidecars: ReadonlyMap<string, File>,
  fileName: string,
): Promise<{ checksum?: string; signature?: string }> {
  const [sum, signature] = [sidecars.get(`${fileName}.sha256`), sidecars.get(`${fileName}.sig`)];
  return {
    ...(sum ? { checksum: (await sum.text()).slice(0, 4096) } : {}),
    ...(signature ? { signature: base64(new Uint8Array(await signature.arrayBuffer())) } : {}),
  };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function reasonOf(error: unknown): string {
  if (error instanceof ProblemResponse) return error.problem.detail;
  return error instanceof Error ? error.message : String(error);
}
