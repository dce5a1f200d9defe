import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { SubscriptionRef } from '@/lib/operators/uninstall-contract';

/** Which of several Subscriptions of one operator is meant; nothing where there is only one. */
export function SubscriptionChoice({
  subscriptions,
  chosen,
  onChoose,
}: {
  subscriptions: readonly SubscriptionRef[];
  chosen: SubscriptionRef;
  onChoose: (subscription: SubscriptionRef) => void;
}) {
  const t = useTranslations('uninstall');
  const id = useId();
  if (subscriptions.length < 2) return null;
  const keyOf = ({ namespace, name }: SubscriptionRef) => `${namespace}/${name}`;
  return (
    <Field id={id} label={t('subscription')}>
      <Select
        id={id}
        value={keyOf(chosen)}
        onChange={(event) => {
          const found = subscriptions.find((one) => keyOf(one) === event.target.value);
          if (found) onChoose({ namespace: found.namespace, name: found.name });
        }}
      >
        {subscriptions.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {keyOf(one)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
