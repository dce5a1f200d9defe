import { describe, expect, test } from 'vitest';
import {
  type ConfigRows,
  checkConfig,
  configOf,
  noConfig,
  rowsOf,
  type TolerationRow,
} from './subscription-config';

const toleration: TolerationRow = { key: 'gpu', operator: 'Equal', value: 'yes', effect: '', seconds: '' };
const problems = (rows: Partial<ConfigRows>) =>
  checkConfig({ ...noConfig, ...rows }).map(({ path, code }) => `${path}: ${code}`);

describe('the configuration of a Subscription', () => {
  test('is what the rows say', () => {
    const rows: ConfigRows = {
      nodeSelector: [{ key: 'kubernetes.io/os', value: 'linux' }],
      tolerations: [
        toleration,
        { ...toleration, operator: 'Exists', value: '', effect: 'NoExecute', seconds: '60' },
      ],
      env: [{ name: 'HTTP_PROXY', value: 'http://proxy:3128' }],
    };
    expect(checkConfig(rows)).toEqual([]);
    expect(configOf(rows)).toEqual({
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [
        { key: 'gpu', operator: 'Equal', value: 'yes' },
        { key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
      ],
      env: [{ name: 'HTTP_PROXY', value: 'http://proxy:3128' }],
    });
    expect(rowsOf(configOf(rows))).toEqual(rows);
  });

  test('is nothing where there are no rows', () => expect(configOf(noConfig)).toBeUndefined());

  test.each<[Partial<ConfigRows>, string[]]>([
    [{ nodeSelector: [{ key: '', value: '' }] }, ['config.nodeSelector.0.key: KeyInvalid']],
    [{ nodeSelector: [{ key: 'a', value: 'b c' }] }, ['config.nodeSelector.0.value: ValueInvalid']],
    [
      {
        nodeSelector: [
          { key: 'a', value: '' },
          { key: 'a', value: 'b' },
        ],
      },
      ['config.nodeSelector.1.key: Repeated'],
    ],
    [{ env: [{ name: '1A', value: '' }] }, ['config.env.0.name: EnvNameInvalid']],
    [
      {
        env: [
          { name: 'A', value: '' },
          { name: 'A', value: '' },
        ],
      },
      ['config.env.1.name: Repeated'],
    ],
    [{ tolerations: [{ ...toleration, key: '' }] }, ['config.tolerations.0.key: TolerationKeyNeeded']],
    [{ tolerations: [{ ...toleration, key: '', operator: 'Exists', value: '' }] }, []],
    [
      { tolerations: [{ ...toleration, operator: 'Exists' }] },
      ['config.tolerations.0.value: TolerationValueUnused'],
    ],
    [
      { tolerations: [{ ...toleration, seconds: '1.5' }] },
      ['config.tolerations.0.seconds: TolerationSecondsInvalid'],
    ],
    [
      { tolerations: [{ ...toleration, seconds: '60', effect: 'NoSchedule' }] },
      ['config.tolerations.0.seconds: TolerationSecondsNeedNoExecute'],
    ],
  ])('%j: %j', (rows, expected) => expect(problems(rows)).toEqual(expected));

  test.each([undefined, 'x', { nodeSelector: 'x', tolerations: {}, env: 7 }])(
    'of another shape, %j, has no rows',
    (config) => expect(rowsOf(config)).toEqual(noConfig),
  );
});
