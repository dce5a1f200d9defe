import { CircleMinus, Info, Layers, ListOrdered, TriangleAlert, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useBlockSentence } from '@/components/features/block-sentence';
import type { PlacedComponent } from '@/components/features/feature-rows';
import { VersionStep } from '@/components/operators/operator-card';
import { useLocalized } from '@/components/plugins/localized';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { Checkbox } from '@/components/ui/checkbox';

/** One component before it is upgraded: what is to be known of it, and the risk to accept. */
export function ChosenRow({
  component,
  chosen,
  showCluster,
  accepted,
  onAccept,
}: {
  component: PlacedComponent;
  /** All that are upgraded with it. */
  chosen: readonly PlacedComponent[];
  showCluster: boolean;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const sentence = useBlockSentence();
  const { cluster, kind, namespace, displayName, from, to, risk, block } = component;
  const name = localized(displayName);
  const place = [showCluster && cluster, t(kind), namespace].filter(Boolean).join(' · ');
  return (
    <li className="flex flex-col gap-1 px-3 py-2 text-ink">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0">
          <span className="font-medium [overflow-wrap:anywhere]">{name}</span>{' '}
          <span className="text-small text-faint">{place}</span>
        </span>
        <VersionStep from={from} to={to} />
      </div>
      {block ? (
        <Fact icon={<CircleMinus aria-hidden className="text-waiting" />}>
          {t('leftOut', { reason: sentence(block) })}
        </Fact>
      ) : (
        <>
          <Facts component={component} chosen={chosen} />
          {risk && asksForAcceptance(risk) && (
            <Checkbox
              wrap
              checked={accepted}
              onChange={onAccept}
              label={t('accept', { name, text: localized(risk.text) })}
            />
          )}
        </>
      )}
    </li>
  );
}

function Facts({ component, chosen }: { component: PlacedComponent; chosen: readonly PlacedComponent[] }) {
  const t = useTranslations('features');
  const risks = useTranslations('plugins.risk');
  const localized = useLocalized();
  const { sharedWith, deadCatalog, risk } = component;
  const after = component.after.flatMap((name) => pluginOf(component, name, chosen) ?? []);
  const missing = missingNeeds(component, chosen);
  return (
    <>
      {after.length > 0 && (
        <Fact icon={<ListOrdered aria-hidden />}>
          {t('comesAfter', { names: after.map(({ displayName }) => localized(displayName)).join(', ') })}
        </Fact>
      )}
      {sharedWith.length > 0 && (
        <Fact icon={<Layers aria-hidden />}>{t('sharedWith', { names: sharedWith.join(', ') })}</Fact>
      )}
      {deadCatalog && <Fact icon={<Unplug aria-hidden />}>{t('deadCatalog', { catalog: deadCatalog })}</Fact>}
      {risk?.level && risk.text.en && !asksForAcceptance(risk) && (
        <Fact icon={<Info aria-hidden />}>{`${risks(risk.level)}: ${localized(risk.text)}`}</Fact>
      )}
      {missing.length > 0 && (
        <Fact icon={<TriangleAlert aria-hidden className="text-failed" />}>
          <span className="text-failed">{t('needsMissing', { names: missing.join(', ') })}</span>
        </Fact>
      )}
    </>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-1.5 text-small text-muted [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
      {icon}
      <span className="[overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

/** Plugins without whose upgrade it can't be upgraded, and that were not chosen. */
export function missingNeeds(component: PlacedComponent, chosen: readonly PlacedComponent[]): string[] {
  return component.needs.filter((name) => !pluginOf(component, name, chosen));
}

function pluginOf(
  { cluster }: PlacedComponent,
  plugin: string,
  chosen: readonly PlacedComponent[],
): PlacedComponent | undefined {
  return chosen.find(
    (other) => other.cluster === cluster && other.kind === 'plugin' && other.name === plugin,
  );
}
