import { useTranslations } from 'next-intl';
import { useBytes } from '@/components/packages/use-bytes';
import { Disclosure } from '@/components/ui/disclosure';
import { KeyValues } from '@/components/ui/key-values';
import type { PackageSummary as Summary } from '@/lib/packages/contract';

/** What is in a package, as `violet show` tells it; images behind a disclosure, as with `--all`. */
export function PackageSummary({ summary }: { summary: Summary }) {
  const t = useTranslations('packages.upload');
  const bytes = useBytes();
  const mono = (text: string) => text && <span className="name-text">{text}</span>;
  return (
    <div className="flex flex-col gap-2">
      <KeyValues
        className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4"
        items={[
          { key: t('show.name'), value: summary.displayName },
          { key: t('show.type'), value: t(`type.${summary.type}`) },
          { key: t('show.arch'), value: mono(summary.platforms.join(' ')) },
          { key: t('show.version'), value: mono(summary.version) },
          { key: t('show.channels'), value: mono(summary.channels.join(', ')) },
          { key: t('show.size'), value: bytes(summary.size) },
        ]}
      />
      <Disclosure label={t('show.images', { count: summary.relatedImages.length + 1 })}>
        <KeyValues
          items={[
            { key: t('show.artifact'), value: mono(summary.artifact ?? summary.name) },
            {
              key: t('show.related'),
              value:
                summary.relatedImages.length > 0 ? (
                  <ul>
                    {summary.relatedImages.map((image) => (
                      <li key={image} className="name-text [overflow-wrap:anywhere]">
                        {image}
                      </li>
                    ))}
                  </ul>
                ) : undefined,
            },
          ]}
        />
      </Disclosure>
    </div>
  );
}
