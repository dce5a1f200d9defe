import { Lock } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { type ButtonLook, buttonClass } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/**
 * A link that looks like a button. With `disabledReason` it leads nowhere but stays reachable by keyboard,
 * and a screen reader hears the reason as its description.
 */
export function ButtonLink({
  href,
  children,
  className,
  variant,
  size,
  disabledReason,
  icon,
}: {
  href: string;
  children: ReactNode;
  className?: string;
  disabledReason?: string;
  icon?: ReactNode;
} & ButtonLook) {
  const reasonId = useId();
  const classes = cn(buttonClass({ variant, size }), className);
  if (disabledReason === undefined) {
    return (
      <Link href={href} className={classes}>
        {icon}
        {children}
      </Link>
    );
  }
  return (
    <span className="inline-flex flex-col items-end gap-1">
      {/* biome-ignore lint/a11y/useSemanticElements: an <a> without href is not focusable, and it must be to tell why it is disabled */}
      <span role="link" tabIndex={0} aria-disabled="true" aria-describedby={reasonId} className={classes}>
        {icon}
        {children}
      </span>
      <DisabledReason id={reasonId}>{disabledReason}</DisabledReason>
    </span>
  );
}

/** Why an action can't be used, next to it and as its description. */
export function DisabledReason({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span id={id} className="inline-flex max-w-80 items-start gap-1 text-small text-muted">
      <Lock aria-hidden className="mt-0.5 size-3 shrink-0" />
      {children}
    </span>
  );
}
