import { expect, test } from 'vitest';
import { displayNameOf } from './localized-text';
import { modulePlugin } from './testing';

const json = '{"en": "Log Collector", "zh": "日志采集"}';
const both = { en: 'Log Collector', zh: '日志采集' };
const same = (name: string) => ({ en: name, zh: name });

test.each([
  ['as ModulePlugins spell it', { 'cpaas.io/display-name': json, 'cpaas.io/module-name': 'logagent' }, both],
  [
    'as live ModuleInfos spell it',
    { 'cpaas.io/display-name': 'logagent', 'cpaas.io/module-name': json },
    both,
  ],
  ['in one language', { 'cpaas.io/display-name': '{"zh": "日志"}' }, same('日志')],
  ['as plain text', { 'cpaas.io/display-name': 'Logs' }, same('Logs')],
  ['not at all', {}, same('logagent')],
  ['as broken JSON', { 'cpaas.io/display-name': '{"en": ', 'cpaas.io/module-name': json }, both],
  ['as JSON that is no text', { 'cpaas.io/display-name': '{"en": 7}' }, same('{"en": 7}')],
])('a display name written %s is read', (_, annotations, expected) => {
  const plugin = modulePlugin('logagent');
  plugin.metadata.annotations = annotations;
  expect(displayNameOf(plugin, 'logagent')).toEqual(expected);
});
