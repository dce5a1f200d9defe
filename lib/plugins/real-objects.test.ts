import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { requirementsOf } from './rules/affinity';
import { indexPlugins, logoOf, pluginRow } from './rules/catalogue';
import { buildForm } from './rules/form/build-form';
import { formDataOf, withFormData } from './rules/form/form-data';
import { readPluginConfig } from './rules/form/plugin-config';
import { validate } from './rules/form/validate';
import { configDifferences, configPatch, initialValue, toConfig } from './rules/form/values';
import { displayNameOf } from './rules/localized-text';
import { moduleInfoManifest } from './rules/manifests';
import type { ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from './rules/objects';
import { valueAt, withValue } from './rules/path';

const folder = fileURLToPath(new URL('../../../shared/data/acp/', import.meta.url));
const isThere = existsSync(folder);
const note = isThere ? '' : ' (skipped: the published objects are not here)';

const files = (kind: string) =>
  isThere ? readdirSync(`${folder}${kind}`).map((name) => `${kind}/${name}`) : [];
const read = (file: string) => readFileSync(`${folder}${file}`, 'utf8');

function documents<T>(file: string): T[] {
  return parseAllDocuments(read(file), { uniqueKeys: false }).flatMap((document) => {
    if (document.errors.length > 0) return [];
    // The files hold objects of the kind that their folder is named after; uids are not published.
    const object = document.toJS() as T & { metadata?: object };
    return object?.metadata
      ? [{ ...object, metadata: { uid: '', resourceVersion: '', ...object.metadata } }]
      : [];
  });
}

describe.skipIf(!isThere)(`published plugin forms${note}`, () => {
  test.each(files('plugin-config'))('%s becomes a form that gives its config back', (file) => {
    const definition = readPluginConfig(read(file));
    for (const purpose of ['deploy', 'edit', 'upgrade'] as const) {
      const form = buildForm(definition, purpose, 'en');
      const value = initialValue(form);
      expect(toConfig(form, withFormData(form, value, formDataOf(form, value)))).toEqual(
        definition.config ?? {},
      );
      expect(validate(form, value)).toEqual([]);
      expect(form.notes).toEqual([]);
    }
  });

  test.each(files('plugin-config'))('what is typed into %s comes back, and nothing else changes', (file) => {
    const definition = readPluginConfig(read(file));
    for (const purpose of ['deploy', 'edit'] as const) {
      const form = buildForm(definition, purpose, 'en');
      const value = initialValue(form);
      for (const { path, control, key } of form.fields) {
        expect(control).toBe('text');
        const typed = withFormData(form, value, { ...formDataOf(form, value), [key]: 'typed: in' });
        expect(configDifferences(definition.config, toConfig(form, typed))).toEqual([
          { path, before: valueAt(definition.config, path), after: 'typed: in' },
        ]);
        expect(configPatch(value, typed)).toEqual(withValue({}, path, 'typed: in'));
      }
    }
  });

  test('a value typed into the example comes back where its author wants it', () => {
    const form = buildForm(
      readPluginConfig(read('plugin-config/cluster-plugin-example.plugin-config.yaml')),
      'deploy',
      'zh',
    );
    expect(form.fields).toMatchObject([
      { key: '/key1/key2', control: 'text', label: '示例参数', limits: { required: true } },
    ]);
    const value = withFormData(form, initialValue(form), { '/key1/key2': 'mine' });
    expect(toConfig(form, value)).toEqual({ key1: { key2: 'mine' } });
  });

  test('a key with a slash is one key', () => {
    const form = buildForm(
      readPluginConfig(read('plugin-config/cluster-api-provider-cce.plugin-config.yaml')),
      'deploy',
      'en',
    );
    const [field] = form.fields;
    expect(field?.label).toBe('ait/cluster-api-provider-cce');
    const value = withFormData(form, initialValue(form), { [field?.key ?? '']: 'a: 1' });
    expect(toConfig(form, value)).toEqual({ valuesTemplates: { 'ait/cluster-api-provider-cce': 'a: 1' } });
  });
});

describe.skipIf(!isThere)(`published objects${note}`, () => {
  test.each(files('moduleplugin'))('%s makes a row', (file) => {
    for (const plugin of documents<ModulePluginObject>(file)) {
      const entries = indexPlugins({ plugins: [plugin], configs: [], infos: [], artifacts: [] });
      const [entry] = entries.values();
      if (!entry) throw new Error('no entry');
      const row = pluginRow(entry, { name: 'business' });
      expect(row).toMatchObject({ name: plugin.spec?.name, status: 'Absent', lifecycle: 'Agnostic' });
      expect(row.displayName.en).not.toMatch(/^\{/);
      expect(row.hasIcon).toBe(logoOf(entry) !== undefined);
      for (const { words } of requirementsOf(plugin.spec?.affinity)) expect(words).not.toContain('unknown');
    }
  });

  test('the annotated ModuleConfig becomes a switch', () => {
    const [config] = documents<ModuleConfigObject>('moduleconfig/reference-annotated.yaml');
    const form = buildForm({ ...config?.spec }, 'deploy', 'en');
    expect(form.fields).toMatchObject([{ key: '/self/storage/disabled', control: 'switch' }]);
    expect(form.notes).toMatchObject([{ code: 'default-differs' }]);
    expect(toConfig(form, initialValue(form))).toEqual({ self: { storage: { disabled: true } } });
  });

  test('both spellings of a ModuleInfo give the same name', () => {
    for (const file of files('moduleinfo')) {
      for (const info of documents<ModuleInfoObject>(file)) {
        expect(displayNameOf(info, 'plain').en).not.toMatch(/^\{/);
      }
    }
  });

  test('the ModuleInfos of the product document are written field by field', () => {
    for (const info of documents<ModuleInfoObject>('moduleinfo/web-cli-and-gpu.yaml')) {
      const { uid: _uid, resourceVersion: _version, ...metadata } = info.metadata;
      const labels = metadata.labels ?? {};
      expect(
        moduleInfoManifest({
          plugin: labels['cpaas.io/module-name'] ?? '',
          cluster: labels['cpaas.io/cluster-name'] ?? '',
          version: info.spec?.version ?? '',
          config: info.spec?.config ?? {},
        }),
      ).toEqual({ ...info, metadata });
    }
  });

  test('large installed configurations become forms without losing anything', () => {
    for (const info of documents<ModuleInfoObject>('moduleinfo/monitoring.yaml')) {
      const form = buildForm({ config: info.spec?.config }, 'deploy', 'en');
      const value = initialValue(form);
      expect(form.fields.length).toBeGreaterThan(10);
      expect(toConfig(form, withFormData(form, value, formDataOf(form, value)))).toEqual(info.spec?.config);
    }
  });
});
