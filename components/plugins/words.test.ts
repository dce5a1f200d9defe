import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { type Obstacle, obstacleCodes } from '@/lib/plugins/contract';
import { checkAffinity } from '@/lib/plugins/rules/affinity';
import { checkDependencies } from '@/lib/plugins/rules/dependencies';
import {
  beingDeleted,
  installObstacles,
  notInstalled,
  uninstallObstacles,
  unknownVersion,
  upgradeObstacles,
} from '@/lib/plugins/rules/obstacles';
import { moduleConfig, moduleInfo, modulePlugin } from '@/lib/plugins/rules/testing';
import en from '@/messages/en.json';
import ru from '@/messages/ru.json';
import zh from '@/messages/zh.json';
import { configTextWords, dependencyWords, obstacleWords, requirementWords } from './words';

const translate = (locale: 'en' | 'zh' | 'ru', messages: typeof en) =>
  createTranslator({ locale, messages, namespace: 'plugins' });
const english = translate('en', en);
const others = [
  ['zh', translate('zh', zh)],
  ['ru', translate('ru', ru)],
] as const;

const business = {
  name: 'business',
  labels: { zone: 'a' },
  platformVersion: 'v4.2.1',
  plugins: ['rival'],
  installed: [],
};
const affinity = {
  clusterAffinity: {
    matchLabels: { 'is-global': 'true' },
    matchExpressions: [
      { key: 'zone', operator: 'In', values: ['b', 'c'] },
      { key: 'zone', operator: 'NotIn', values: ['a'] },
      { key: 'zone', operator: 'NotIn', values: ['a', 'b'] },
      { key: 'os', operator: 'Exists' },
      { key: 'zone', operator: 'DoesNotExist' },
      { key: 'size', operator: 'Gt', values: ['3'] },
      { key: 'size', operator: 'Lt', values: ['3'] },
      { key: 'size', operator: 'Like', values: ['3'] },
    ],
  },
  clusterAntiAffinity: { matchLabels: { zone: 'a' } },
  pluginAntiAffinity: ['rival', 'other'],
};
const info = moduleInfo('x', 'business', 'v1.0.0', {
  phase: 'Running',
  version: 'v1.0.0',
  removeIsPrevented: true,
  blockReasons: ['in use'],
});
const newer = [
  moduleConfig('x', 'v2.0.0', { supportedUpgradeVersions: '>= v1.5.0' }),
  moduleConfig('x', 'v1.0.0'),
];
const spec = {
  affinity,
  targetClusterVersions: ['v4.3.0'],
  dependencies: [{ moduleName: 'y', versionsMatch: ['>= v1.0.0', '>= v2.0.0'] }, { moduleName: 'z' }],
};

/** Every sentence that the rules can say. */
const obstacles: Obstacle[] = [
  ...installObstacles(modulePlugin('x'), moduleConfig('x', 'v1.0.0', spec, false), business, info),
  notInstalled('business'),
  beingDeleted(info, 'business'),
  unknownVersion('v9.0.0', newer),
  unknownVersion('v9.0.0', []),
  ...upgradeObstacles('Core', info, 'v2.0.0', [], newer, business),
  ...upgradeObstacles('Aligned', info, 'v1.0.0', [], newer, business),
  ...upgradeObstacles('Aligned', info, 'v2.0.0', [], newer, business),
  ...uninstallObstacles(info, { deleteable: false }, undefined),
  ...uninstallObstacles(info, {}, ['Pool default/a', 'Pool default/b']),
];

describe('what stands in the way', () => {
  test('is tried with every code that there is', () => {
    expect(obstacles.map(({ code }) => code).sort()).toEqual(
      expect.arrayContaining([...obstacleCodes].sort()),
    );
  });

  test.each(obstacles.map((obstacle) => [obstacle.code, obstacle] as const))(
    '%s is told to a reader of English as it is told over the wire',
    (_, obstacle) => {
      expect(obstacleWords(english, obstacle)).toBe(obstacle.message);
    },
  );

  test.each(others)('is told to a reader of %s without a word of English', (_, t) => {
    for (const obstacle of obstacles) {
      expect(englishIn(obstacleWords(t, obstacle)), obstacle.code).toEqual([]);
    }
  });
});

test.each(others)('requirements and dependencies are told to a reader of %s too', (_, t) => {
  for (const requirement of checkAffinity(affinity, business)) {
    expect(requirementWords(english, requirement)).toBe(requirement.words);
    expect(englishIn(requirementWords(t, requirement))).toEqual([]);
  }
  for (const dependency of checkDependencies(spec, 'business', [])) {
    expect(dependencyWords(english, dependency)).toBe(dependency.words);
    expect(englishIn(dependencyWords(t, dependency))).toEqual([]);
  }
  for (const code of ['too-long', 'syntax', 'not-a-mapping', 'too-many-aliases', 'too-deep'] as const) {
    expect(englishIn(configTextWords(t, { code, line: 3 }))).toEqual([]);
  }
});

/** Words that are names of nothing. */
function englishIn(sentence: string): string[] {
  const names =
    /^(is|global|zone|os|size|business|rival|other|Like|Core|violet|affinity|anti|Pool|default|in|use|MiB|true|[vxyzabc])$/;
  return (sentence.match(/[A-Za-z]+/g) ?? []).filter((word) => !names.test(word));
}
