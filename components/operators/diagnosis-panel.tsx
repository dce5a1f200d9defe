import { Download, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { buttonClass } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Disclosure } from '@/components/ui/disclosure';
import { PartialNotice } from '@/components/ui/partial-notice';
import { Time } from '@/components/ui/time';
import type { OperatorRef } from '@/lib/operators/contract';
import type { CureAction, InstallationDiagnosis } from '@/lib/operators/diagnosis-contract';
import type { Stuck } from '@/lib/operators/installed-contract';
import { shellQuote } from '@/lib/operators/rules/installation';

/** What an installation waits for, since when, who says so, and what to do about it. */
export function DiagnosisPanel({
  cluster,
  operator,
  diagnosis,
  told,
  bundle,
  cure,
}: {
  cluster: string;
  /** Its entry in the catalogue, where it has one. */
  operator: OperatorRef | undefined;
  diagnosis: InstallationDiagnosis;
  /** What stands right above already. */
  told: Pick<Partial<Stuck>, 'key' | 'detail'> | undefined;
  /** Address of the support bundle. */
  bundle: string;
  /** The button of an action that writes, or that opens a dialog of its own. */
  cure: (action: CureAction) => ReactNode;
}) {
  const t = useTranslations('diagnosis');
  const { key, values, since, detail, well, todo, usual, actions, log, partial } = diagnosis;
  return (
    <div className="flex min-w-0 flex-col gap-3 text-body">
      {told?.key !== key && (
        <p className="[overflow-wrap:anywhere]">
          {!well && <TriangleAlert aria-hidden className="mr-1.5 inline size-4 text-waiting" />}
          <span className="font-medium">{t(`cause.${key}`, values)}</span>{' '}
          {usual !== undefined && t('usual', { seconds: usual })}
          {since && (
            <span className="text-muted">
              {' '}
              · <Time value={since} />
            </span>
          )}
        </p>
      )}
      <SaidBy cluster={cluster} operator={operator} diagnosis={diagnosis} />
      {detail && told?.detail !== detail && (
        <blockquote
          aria-label={t('words')}
          className="max-h-40 overflow-auto rounded-control border-l-2 border-line bg-subtle px-3 py-2 text-small text-muted [overflow-wrap:anywhere]"
        >
          {detail}
        </blockquote>
      )}
      <p>
        {told?.key === undefined && <span className="font-medium">{t('whatToDo')}:</span>} {t(`todo.${todo}`)}
      </p>
      {log && (
        <Disclosure label={t('log', { container: log.container })}>
          <CodeBlock label={log.pod} text={log.text} />
        </Disclosure>
      )}
      <div className="flex flex-wrap items-start gap-2">
        {actions.map((action) =>
          action.changes.length > 0 || action.id === 'cleanUpPlan' ? (
            cure(action)
          ) : (
            <Lead
              key={action.id}
              cluster={cluster}
              operator={operator}
              action={action}
              namespace={diagnosis.says.namespace}
            />
          ),
        )}
        <a href={bundle} download title={t('bundleHint')} className={cn(buttonClass({ variant: 'ghost' }))}>
          <Download aria-hidden />
          {t('bundle')}
        </a>
      </div>
      {partial.length > 0 && <PartialNotice partial={partial} />}
      <Looked looked={diagnosis.looked} />
    </div>
  );
}

/** The object that says so: a link where the console has a page for it, else the command that shows it. */
function SaidBy({
  cluster,
  operator,
  diagnosis: { says, field },
}: {
  cluster: string;
  operator: OperatorRef | undefined;
  diagnosis: InstallationDiagnosis;
}) {
  const t = useTranslations('diagnosis');
  const words = `${says.kind} ${says.name}`;
  const href = pageOf(cluster, operator, says);
  const within = says.namespace ? ` -n ${shellQuote(says.namespace)}` : '';
  const command = `kubectl --context ${shellQuote(cluster)}${within} get ${shellQuote(says.kind.toLowerCase())} ${shellQuote(says.name)} -o yaml`;
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-small text-muted [overflow-wrap:anywhere]">
      {t('saidBy')}{' '}
      {href ? (
        <Link href={href} prefetch={false} className="name-text text-accent underline">
          {words}
        </Link>
      ) : (
        <span className="name-text">{words}</span>
      )}
      {field && <span>{t('field', { field })}</span>}
      <CopyButton text={command} what="kubectl get" />
    </p>
  );
}

function pageOf(
  cluster: string,
  operator: OperatorRef | undefined,
  { kind, namespace, name }: InstallationDiagnosis['says'],
): string | undefined {
  if (kind === 'InstallPlan') return addresses.plan(cluster, namespace, name);
  if (!operator) return undefined;
  if (kind === 'Subscription' || kind === 'ClusterServiceVersion') {
    return addresses.operatorTab(cluster, operator, 'yaml');
  }
  return kind === 'Event' ? addresses.operatorTab(cluster, operator, 'events') : undefined;
}

/** An action that leads to another page; nothing where there is none to lead to. */
function Lead({
  cluster,
  operator,
  action: { id, values },
  namespace,
}: {
  cluster: string;
  operator: OperatorRef | undefined;
  action: CureAction;
  namespace: string;
}) {
  const t = useTranslations('diagnosis.action');
  const search = (text: string) => `?${new URLSearchParams({ q: text })}`;
  const address = () => {
    switch (id) {
      case 'reviewPlan':
        return addresses.plan(cluster, namespace, values.plan ?? '');
      case 'findDependency':
        return `${addresses.operatorHub(cluster)}${search(values.query ?? '')}`;
      case 'showSubscription':
        return `${addresses.operators(cluster)}${search(values.subscription ?? '')}`;
      case 'showEvents':
        return operator && addresses.operatorTab(cluster, operator, 'events');
      default:
        return operator && addresses.operatorTab(cluster, operator, 'subscription');
    }
  };
  const href = address();
  if (!href) return null;
  return (
    <Link href={href} prefetch={false} className={buttonClass()}>
      {t(id, values)}
    </Link>
  );
}

function Looked({ looked }: Pick<InstallationDiagnosis, 'looked'>) {
  const t = useTranslations('diagnosis');
  const format = useFormatter();
  if (looked.length === 0) return null;
  const list = format.list(looked.map(({ kind, count }) => `${kind} (${count})`));
  return <p className="text-small text-faint">{t('looked', { list })}</p>;
}
