'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { describedBy, FieldNotes } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import { Select } from '@/components/ui/select';
import {
  type ConfigProblem,
  type ConfigRows,
  type TolerationRow,
  tolerationEffects,
} from '@/lib/operators/rules/subscription-config';

type Part = keyof ConfigRows;
const newRows: { [P in Part]: ConfigRows[P][number] } = {
  nodeSelector: { key: '', value: '' },
  tolerations: { key: '', operator: 'Equal', value: '', effect: '', seconds: '' },
  env: { name: '', value: '' },
};

/** Where the operator's Pods run and which variables they get: `spec.config` of the Subscription. */
export function ConfigFields({
  rows,
  problems,
  attempted,
  onChange,
}: {
  rows: ConfigRows;
  problems: readonly ConfigProblem[];
  /** The reader has tried to install: what is merely not filled in yet is told from then on. */
  attempted: boolean;
  onChange: (rows: ConfigRows) => void;
}) {
  const t = useTranslations('install.config');
  const said = useTranslations('install.problems');
  const count = rows.nodeSelector.length + rows.tolerations.length + rows.env.length;

  function errorOf(path: string, value: string): string | undefined {
    const problem = problems.find((one) => one.path === `config.${path}`);
    return problem && (attempted || value !== '') ? said(problem.code) : undefined;
  }
  function edit<P extends Part>(part: P, index: number, change: Partial<ConfigRows[P][number]>) {
    onChange({ ...rows, [part]: rows[part].map((row, at) => (at === index ? { ...row, ...change } : row)) });
  }
  const field = (part: Part, index: number, name: string, value: string, set: (value: string) => void) => (
    <TextCell
      id={`${part}-${index}-${name}`}
      label={t(`fields.${name}` as 'fields.key')}
      value={value}
      error={errorOf(`${part}.${index}.${name}`, value)}
      onChange={set}
    />
  );
  const part = (name: Part, cells: (index: number) => ReactNode) => (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">{t(`${name}.label`)}</legend>
      <p className="text-small text-muted">{t(`${name}.help`)}</p>
      {rows[name].map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className="flex items-start gap-2">
          <div className="grid min-w-0 grow gap-2 sm:grid-cols-2">{cells(index)}</div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t(`${name}.remove`, { number: index + 1 })}
            className="mt-6"
            onClick={() => onChange({ ...rows, [name]: rows[name].filter((_, at) => at !== index) })}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => onChange({ ...rows, [name]: [...rows[name], newRows[name]] })}>
          <Plus aria-hidden />
          {t(`${name}.add`)}
        </Button>
      </div>
    </fieldset>
  );

  return (
    <Disclosure
      label={t('title')}
      summary={count > 0 ? t('summary', { count }) : undefined}
      forceOpen={(attempted && problems.length > 0) || undefined}
    >
      <div className="flex flex-col gap-5">
        <p className="text-muted">{t('intro')}</p>
        {part('nodeSelector', (index) => {
          const row = rows.nodeSelector[index] ?? newRows.nodeSelector;
          return (
            <>
              {field('nodeSelector', index, 'key', row.key, (key) => edit('nodeSelector', index, { key }))}
              {field('nodeSelector', index, 'value', row.value, (value) =>
                edit('nodeSelector', index, { value }),
              )}
            </>
          );
        })}
        {part('tolerations', (index) => (
          <TolerationCells
            index={index}
            row={rows.tolerations[index] ?? newRows.tolerations}
            field={field}
            onChange={(change) => edit('tolerations', index, change)}
          />
        ))}
        {part('env', (index) => {
          const row = rows.env[index] ?? newRows.env;
          return (
            <>
              {field('env', index, 'name', row.name, (name) => edit('env', index, { name }))}
              {field('env', index, 'value', row.value, (value) => edit('env', index, { value }))}
            </>
          );
        })}
      </div>
    </Disclosure>
  );
}

function TolerationCells({
  index,
  row,
  field,
  onChange,
}: {
  index: number;
  row: TolerationRow;
  field: (
    part: 'tolerations',
    index: number,
    name: string,
    value: string,
    set: (value: string) => void,
  ) => ReactNode;
  onChange: (change: Partial<TolerationRow>) => void;
}) {
  const t = useTranslations('install.config');
  const id = `tolerations-${index}`;
  return (
    <>
      {field('tolerations', index, 'key', row.key, (key) => onChange({ key }))}
      <Cell id={`${id}-operator`} label={t('fields.operator')}>
        <Select
          id={`${id}-operator`}
          value={row.operator}
          onChange={({ target }) =>
            onChange(target.value === 'Exists' ? { operator: 'Exists', value: '' } : { operator: 'Equal' })
          }
        >
          <option>Equal</option>
          <option>Exists</option>
        </Select>
      </Cell>
      {row.operator === 'Equal' &&
        field('tolerations', index, 'value', row.value, (value) => onChange({ value }))}
      <Cell id={`${id}-effect`} label={t('fields.effect')}>
        <Select
          id={`${id}-effect`}
          value={row.effect}
          onChange={({ target }) => {
            const effect = tolerationEffects.find((one) => one === target.value) ?? '';
            onChange(effect === 'NoExecute' ? { effect } : { effect, seconds: '' });
          }}
        >
          <option value="">{t('anyEffect')}</option>
          {tolerationEffects.map((effect) => (
            <option key={effect}>{effect}</option>
          ))}
        </Select>
      </Cell>
      {row.effect === 'NoExecute' &&
        field('tolerations', index, 'seconds', row.seconds, (seconds) => onChange({ seconds }))}
    </>
  );
}

function TextCell({
  id,
  label,
  value,
  error,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Cell id={id} label={label} error={error}>
      <input
        id={id}
        type="text"
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, error)}
        onChange={({ target }) => onChange(target.value)}
        className={`${inputClass} font-mono text-small`}
      />
    </Cell>
  );
}

function Cell({
  id,
  label,
  error,
  children,
}: {
  id: string;
  label: string;
  error?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-small text-muted">
        {label}
      </label>
      {children}
      <FieldNotes id={id} error={error} />
    </div>
  );
}
