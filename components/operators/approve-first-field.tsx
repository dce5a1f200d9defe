import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DisabledReason } from '@/components/ui/button-link';

/** With Manual approval: the first installation goes on by itself, later upgrades wait. */
export function ApproveFirstField({
  checked,
  disabledReason,
  onChange,
}: {
  checked: boolean;
  disabledReason: string | undefined;
  onChange: (checked: boolean) => void;
}) {
  const t = useTranslations('install.approveFirst');
  return (
    <div className="relative flex gap-2.5 rounded-control border border-line bg-panel px-3 py-2.5">
      <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">
        <input
          id="approve-first"
          type="checkbox"
          checked={checked}
          disabled={disabledReason !== undefined}
          onChange={({ target }) => onChange(target.checked)}
          aria-describedby="approve-first-note"
          className="peer size-4 cursor-pointer appearance-none rounded-[5px] border border-line-control bg-panel checked:border-accent-solid checked:bg-accent-solid disabled:cursor-not-allowed disabled:bg-line"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute hidden size-3 text-on-accent peer-checked:block"
        />
      </span>
      <div className="min-w-0">
        <label htmlFor="approve-first" className={disabledReason ? 'font-medium text-muted' : 'font-medium'}>
          {t('label')}
        </label>
        {disabledReason ? (
          <p>
            <DisabledReason id="approve-first-note">{disabledReason}</DisabledReason>
          </p>
        ) : (
          <p id="approve-first-note" className="text-small text-muted">
            {t('help')}
          </p>
        )}
      </div>
    </div>
  );
}
