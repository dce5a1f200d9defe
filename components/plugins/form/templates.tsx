'use client';

import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  TemplatesType,
} from '@rjsf/utils';
import { ArrowDown, ArrowUp, CircleHelp, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { DisclosureButton } from '@/components/ui/disclosure-button';
import { FieldNotes } from '@/components/ui/field';
import { Hint } from '@/components/ui/hint';

/** Label, control, help and error of one field, in one column. */
function FieldTemplate({
  id,
  label,
  children,
  rawErrors,
  rawDescription,
  hidden,
  required,
  schema,
  uiSchema,
}: FieldTemplateProps) {
  const t = useTranslations('plugins.form');
  const widget = uiSchema?.['ui:widget'];
  if (hidden) return <div hidden>{children}</div>;
  const isContainer =
    (schema.type === 'object' || schema.type === 'array') && widget === undefined && !uiSchema?.['ui:field'];
  if (isContainer) return <div className="min-w-0">{children}</div>;
  const tooltip: unknown = uiSchema?.['ui:options']?.tooltip;
  const notes = <FieldNotes id={id} help={rawDescription} error={rawErrors?.[0]} />;
  const inline = schema.type === 'boolean';
  const title = widget !== 'checkbox' && (
    <span className="inline-flex items-center gap-1">
      <label htmlFor={id} className="font-medium [overflow-wrap:anywhere]">
        {label}
      </label>
      {required && !inline && (
        <span aria-hidden className="text-failed">
          *
        </span>
      )}
      {typeof tooltip === 'string' && (
        <Hint text={tooltip}>
          <button
            type="button"
            aria-label={t('about', { label })}
            className="grid size-6 place-items-center rounded-chip text-faint hover:text-ink"
          >
            <CircleHelp aria-hidden className="size-3.5" />
          </button>
        </Hint>
      )}
    </span>
  );
  if (inline) {
    return (
      <div className="flex flex-col gap-1">
        <div className="flex min-h-6 items-center gap-3">
          {children}
          {title}
        </div>
        {notes}
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {title}
      {children}
      {notes}
    </div>
  );
}

/** The form itself, a group that folds, or an object within a field. */
function ObjectFieldTemplate({
  title,
  description,
  properties,
  uiSchema,
  fieldPathId,
  errorSchema,
}: ObjectFieldTemplateProps) {
  const t = useTranslations('plugins.form');
  const options = uiSchema?.['ui:options'];
  const fields = properties.filter(({ hidden }) => !hidden).map(({ content }) => content);
  if (fieldPathId.path.length === 0) return <div className="flex flex-col gap-5">{fields}</div>;
  if (options?.collapsible === true) {
    return (
      <Fold
        title={options.advanced === true ? t('advanced') : title}
        description={description}
        // What an author calls advanced is folded; the fields of any other group are there to be filled in.
        open={options.open === true || options.advanced !== true}
        forceOpen={errorSchema !== undefined && Object.keys(errorSchema).length > 0}
      >
        {fields}
      </Fold>
    );
  }
  // The members of a list have a heading of their own.
  const isMember = typeof fieldPathId.path.at(-1) === 'number';
  return (
    <fieldset className={cn('min-w-0', !isMember && 'rounded-control border border-line p-3')}>
      {!isMember && title && <legend className="px-1 font-medium">{title}</legend>}
      {description && <p className="mb-2 text-small text-muted">{description}</p>}
      <div className="grid gap-4 sm:grid-cols-2">{fields}</div>
    </fieldset>
  );
}

function Fold({
  title,
  description,
  open: initially,
  forceOpen,
  children,
}: {
  title: string;
  description: ObjectFieldTemplateProps['description'];
  open: boolean;
  /** Something in it is wrong and must be seen. */
  forceOpen: boolean;
  children: React.ReactNode;
}) {
  const id = useId();
  const [chosen, setChosen] = useState<boolean>();
  const open = forceOpen || (chosen ?? initially);
  return (
    <section aria-labelledby={`${id}-title`} className="min-w-0 rounded-control border border-line">
      <DisclosureButton
        id={`${id}-title`}
        open={open}
        controls={id}
        onClick={() => setChosen(!open)}
        className="min-h-10 rounded-control px-3 font-medium"
      >
        {title}
      </DisclosureButton>
      <div id={id} hidden={!open} className="border-t border-line-faint p-4">
        {description && <p className="mb-4 text-small text-muted">{description}</p>}
        <div className="flex flex-col gap-5">{children}</div>
      </div>
    </section>
  );
}

/** A list of groups of fields: each a card that can be moved and removed. */
function ArrayFieldTemplate({
  title,
  schema,
  items,
  canAdd,
  onAddClick,
  readonly,
  disabled,
  rawErrors,
  fieldPathId,
}: ArrayFieldTemplateProps) {
  const t = useTranslations('plugins.form');
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium">{title}</legend>
      {items}
      {canAdd && !readonly && !disabled && (
        <Button size="small" className="self-start" onClick={onAddClick}>
          <Plus aria-hidden />
          {t('addMember', { label: title })}
        </Button>
      )}
      <FieldNotes id={fieldPathId.$id} help={schema.description} error={rawErrors?.[0]} />
    </fieldset>
  );
}

function ArrayFieldItemTemplate({ children, buttonsProps, hasToolbar }: ArrayFieldItemTemplateProps) {
  const t = useTranslations('plugins.form');
  const {
    index,
    hasMoveUp,
    hasMoveDown,
    hasRemove,
    onMoveUpItem,
    onMoveDownItem,
    onRemoveItem,
    readonly,
    disabled,
  } = buttonsProps;
  const number = index + 1;
  return (
    <div className="rounded-control border border-line bg-panel">
      <div className="flex min-h-9 items-center justify-between border-b border-line-faint pr-1 pl-3">
        <span className="text-small font-medium text-muted tabular-nums">{number}</span>
        {hasToolbar && !readonly && !disabled && (
          <span className="flex">
            {hasMoveUp && (
              <Button variant="ghost" size="icon" aria-label={t('moveUp', { number })} onClick={onMoveUpItem}>
                <ArrowUp aria-hidden />
              </Button>
            )}
            {hasMoveDown && (
              <Button
                variant="ghost"
                size="icon"
                aria-label={t('moveDown', { number })}
                onClick={onMoveDownItem}
              >
                <ArrowDown aria-hidden />
              </Button>
            )}
            {hasRemove && (
              <Button variant="ghost" size="icon" aria-label={t('remove', { number })} onClick={onRemoveItem}>
                <Trash2 aria-hidden />
              </Button>
            )}
          </span>
        )}
      </div>
      <div className="p-3">{children}</div>
    </div>
  );
}

/** The form's frame in the kit's look. */
export const templates: Partial<TemplatesType> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
};
