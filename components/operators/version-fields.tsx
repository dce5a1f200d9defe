import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { describedBy, Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { Operator, OperatorChannel } from '@/lib/operators/contract';
import type { InstallInput } from '@/lib/operators/install-contract';

/** Channel and version; the newest version of the default channel to begin with. */
export function VersionFields({
  operator,
  draft: { input, channel, older },
  errorOf,
  onChange,
}: {
  operator: Operator;
  draft: { input: InstallInput; channel: OperatorChannel | undefined; older: boolean };
  errorOf: (path: keyof InstallInput) => string | undefined;
  onChange: (part: Partial<InstallInput>) => void;
}) {
  const t = useTranslations('install');
  const entry = channel?.entries.find(({ version }) => version === input.version);
  const warnings = [operator.deprecation, channel?.deprecation, entry?.deprecation].filter(
    (text) => text !== undefined,
  );
  const versionHelp = older && channel ? t('olderHelp', { newest: channel.version }) : t('versionHelp');
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <Field id="channel" label={t('channel')} help={t('channelHelp')} error={errorOf('channel')}>
          <Select
            id="channel"
            value={input.channel}
            aria-invalid={errorOf('channel') !== undefined || undefined}
            aria-describedby={describedBy('channel', errorOf('channel'), true)}
            onChange={(event) => onChange({ channel: event.target.value, version: undefined })}
          >
            {operator.channels.map(({ name, deprecation }) => (
              <option key={name} value={name}>
                {deprecation === undefined ? name : t('deprecatedOption', { name })}
              </option>
            ))}
          </Select>
        </Field>
        <Field id="version" label={t('version')} help={versionHelp} error={errorOf('version')}>
          <Select
            id="version"
            value={input.version}
            aria-invalid={errorOf('version') !== undefined || undefined}
            aria-describedby={describedBy('version', errorOf('version'), true)}
            onChange={(event) => onChange({ version: event.target.value })}
          >
            {channel?.entries.map(({ name, version, deprecation }) => (
              <option key={name} value={version}>
                {deprecation === undefined ? version : t('deprecatedOption', { name: version })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {warnings.map((text) => (
        <p key={text} className="flex items-start gap-1.5 text-small text-waiting">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {text}
        </p>
      ))}
    </div>
  );
}
