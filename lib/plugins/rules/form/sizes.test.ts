import { describe, expect, test } from 'vitest';
import { buildForm } from './build-form';
import { field, type, ui } from './testing';
import { initialValue, toConfig } from './values';

describe('sizes', () => {
  const uiContext = {
    sizeSettings: {
      default: 'Small',
      quotaTip: { en: 'Needs quota', zh: '需要配额' },
      sizes: [
        { size: 'Small', name: { en: 'Small', zh: '小' }, description: { en: 'Up to 50 nodes' } },
        { size: 'Large', components: { server: { resources: { limits: { cpu: 4 } } } } },
        { name: { en: 'Nameless' } },
      ],
    },
  };

  test('are a choice that config.size holds', () => {
    const form = buildForm({ config: { size: 'Small' }, uiContext }, 'deploy', 'en');
    expect(form.fields).toMatchObject([
      {
        control: 'radio',
        description: 'Needs quota',
        options: [
          { value: 'Small', label: 'Small (Up to 50 nodes)' },
          { value: 'Large', label: 'Large' },
        ],
      },
    ]);
    expect(toConfig(form, type(form, initialValue(form), '/size', 'Large'))).toEqual({ size: 'Large' });
  });

  test('begin with their default, stand before the fields, and are kept when something else changes', () => {
    const definition = { config: { a: 1 }, deployDescriptors: [field('a', ui('number'))], uiContext };
    const form = buildForm(definition, 'deploy', 'zh');
    expect(form.fields.map(({ key }) => key)).toEqual(['/size', '/a']);
    expect(initialValue(form)).toEqual({ a: 1, size: 'Small' });
    const edit = buildForm({ ...definition, editDescriptors: [field('a', ui('number'))] }, 'edit', 'en');
    expect(edit.fields.find(({ key }) => key === '/size')?.readOnly).toBe(true);
  });

  test.each([undefined, {}, { sizeSettings: { quotaTip: {} } }, { sizeSettings: { sizes: 'many' } }])(
    'that are %j are none',
    (none) => {
      expect(buildForm({ config: {}, uiContext: none }, 'deploy', 'en').source).toBe('none');
    },
  );
});
