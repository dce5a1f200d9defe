import Form from '@rjsf/core/lib/components/Form.js';
import type { FieldProps, WidgetProps } from '@rjsf/utils';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { buildForm } from './rules/form/build-form';
import { formDataOf } from './rules/form/form-data';
import { formSchemaOf } from './rules/form/form-schema';
import { conditionValidator } from './rules/form/rjsf';
import { initialValue } from './rules/form/values';

const Widget = ({ id, label, value }: WidgetProps) => (
  <input id={id} aria-label={label} value={JSON.stringify(value ?? null)} readOnly />
);
const Yaml = ({ fieldPathId, formData }: FieldProps) => (
  <textarea id={fieldPathId.$id} value={JSON.stringify(formData)} readOnly />
);

test('rjsf renders every control, with the values of the configuration', () => {
  const ui = (word: string) => `urn:alm:descriptor:com.tectonic.ui:${word}`;
  const controls = {
    switched: [ui('booleanSwitch')],
    ticked: [ui('checkbox')],
    line: [ui('text'), ui('validation:pattern:^(a+)+$')],
    lines: [ui('textarea')],
    amount: [ui('number'), ui('fieldGroup:section')],
    secret: [ui('password'), ui('advanced')],
    structure: [ui('yaml')],
    chosen: [ui('select:1'), ui('select:2')],
    picked: [ui('radio:a'), ui('radio:b')],
    words: [ui('tagsInput')],
    room: [ui('resourceRequirements')],
    object: ['urn:alm:descriptor:io.kubernetes:Secret', ui('multiple')],
    'members[0].name': [ui('arrayFieldGroup:members'), ui('text')],
  };
  const config = {
    switched: true,
    line: 'aaa',
    amount: 7,
    structure: { deep: [1] },
    chosen: 2,
    picked: 'b',
    words: ['one'],
    room: { limits: { cpu: '500m' } },
    members: [{ name: 'first' }],
  };
  const form = buildForm(
    {
      config,
      deployDescriptors: Object.entries(controls).map(([path, words]) => ({ path, 'x-descriptors': words })),
    },
    'deploy',
    'en',
  );
  const value = initialValue(form);
  const { schema, uiSchema } = formSchemaOf(form, value);
  const html = renderToStaticMarkup(
    <Form
      schema={schema}
      uiSchema={uiSchema}
      formData={formDataOf(form, value)}
      validator={conditionValidator}
      noValidate
      widgets={{ switch: Widget, tags: Widget, resource: Widget }}
      fields={{ yaml: Yaml }}
    />,
  );
  expect(html).not.toMatch(/Unsupported field|Unknown field type|Error/);
  for (const path of Object.keys(controls)) {
    expect(html).toContain(path.startsWith('members') ? 'root_/members_0_/name' : `/${path}`);
  }
  for (const shown of ['value="first"', 'value="7"', 'value="500m"', '[&quot;one&quot;]', 'selected="">2<']) {
    expect(html).toContain(shown);
  }
});
