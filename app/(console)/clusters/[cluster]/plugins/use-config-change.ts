'use client';

import { useMemo, useState } from 'react';
import { type ConfigDraft, useConfigDraft } from '@/components/plugins/form/use-config-draft';
import { useFormLanguage } from '@/components/plugins/localized';
import type { Installation } from '@/lib/plugins/contract';
import type { FormDefinition } from '@/lib/plugins/form-contract';
import { buildForm, hasEditableFields } from '@/lib/plugins/rules/form/build-form';
import type { FormPurpose } from '@/lib/plugins/rules/form/form';
import { changePatch } from '@/lib/plugins/rules/form/values';
import type { Json } from '@/lib/plugins/rules/json';

/** The configuration of an installation while somebody changes it. */
export interface ConfigChange {
  draft: ConfigDraft;
  /** Whether there is anything to enter. */
  asks: boolean;
  /** The merge patch for `spec.config`; empty when nothing was changed. */
  patch: Json;
  /** Whether somebody tried to send it: from then on everything that is wrong is told. */
  attempted: boolean;
  /** Notes the attempt. @returns whether it can be sent */
  attempt: () => boolean;
}

/** What a reader changes of an installed configuration, in the form that a version has for that. */
export function useConfigChange(
  definition: FormDefinition,
  purpose: Exclude<FormPurpose, 'deploy'>,
  installation: Installation,
): ConfigChange {
  const language = useFormLanguage();
  const [attempted, setAttempted] = useState(false);
  const form = useMemo(() => buildForm(definition, purpose, language), [definition, purpose, language]);
  const draft = useConfigDraft(form, installation.config);
  const asks = hasEditableFields(form);
  return {
    draft,
    asks,
    patch: asks ? changePatch(form, installation.config, draft.value) : {},
    attempted,
    attempt: () => {
      setAttempted(true);
      return !asks || (draft.yamlError === undefined && draft.errors.length === 0);
    },
  };
}
