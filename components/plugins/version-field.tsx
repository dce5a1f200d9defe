import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { PluginVersion } from '@/lib/plugins/contract';

/** The version to install; what can't be installed here says so. */
export function PluginVersionField({
  versions,
  version,
  onChange,
}: {
  versions: readonly PluginVersion[];
  version: PluginVersion;
  onChange: (version: string) => void;
}) {
  const t = useTranslations('plugins');
  return (
    <Field id="version" label={t('version')}>
      <Select
        id="version"
        value={version.version}
        onChange={(event) => onChange(event.target.value)}
        className="font-mono text-small"
      >
        {versions.map((one) => (
          <option key={one.version} value={one.version}>
            {one.ready ? one.version : t('notReadyOption', { version: one.version })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
