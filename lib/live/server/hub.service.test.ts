import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { LiveMessage } from '../contract';
import { listen } from './hub';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const groups = { group: 'operators.coreos.com', version: 'v1', resource: 'operatorgroups' };
const group = (name: string) => ({
  apiVersion: 'operators.coreos.com/v1',
  kind: 'OperatorGroup',
  metadata: { name, namespace: 'team-a' },
  spec: {},
});

test.each(['admin', 'operator'] as const)(
  'a listener (%s) is told when the watches have begun, and every change from then on, also one who comes late',
  async (user) => {
    const { kube } = sandbox.context(user);
    const told: LiveMessage[] = [];
    const leave = listen(
      kube,
      user === 'operator' ? 'team-a' : undefined,
      (message) => told.push(message),
      () => {},
    );
    await eventually(
      async () => told,
      (messages) => messages.some(({ type }) => type === 'gap'),
    );
    await kube.create(groups, group(`made-by-${user}`), { namespace: 'team-a' });
    await eventually(
      async () => told.flatMap((message) => (message.type === 'changes' ? message.changes : [])),
      (changes) => changes.some(({ kind, name }) => kind === 'OperatorGroup' && name === `made-by-${user}`),
    );
    expect(told[0]).toEqual({ type: 'gap' });
    const late: LiveMessage[] = [];
    const leaveToo = listen(
      kube,
      user === 'operator' ? 'team-a' : undefined,
      (message) => late.push(message),
      () => {},
    );
    expect(late).toEqual(told);
    for (const stop of [leave, leaveToo]) stop();
  },
);
