'use client';

import { type ComponentProps, useId, useLayoutEffect, useRef } from 'react';
import { Button, type ButtonLook } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { cn } from '@/components/ui/cn';
import { focusMain } from '@/components/ui/focus-main';
import { Hint } from '@/components/ui/hint';

/**
 * A button that says why it can't be used: in a line of its own, or, `compact`, on hover and focus. It stands at the
 * end of that line, or, `start`, at its beginning.
 */
export function ActionButton({
  reason,
  compact,
  start,
  disabled,
  ...rest
}: ComponentProps<'button'> &
  ButtonLook & { reason: string | undefined; compact?: boolean; start?: boolean }) {
  const id = useId();
  const element = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    // What it does often makes it go away.
    return () => {
      if (current && current === document.activeElement) focusMain();
    };
  }, []);
  const button = (
    <Button
      {...rest}
      ref={element}
      disabled={disabled || reason !== undefined}
      aria-describedby={reason === undefined ? undefined : id}
    />
  );
  if (reason === undefined) return button;
  return (
    <span className={cn('relative inline-flex flex-col gap-1', start ? 'items-start' : 'items-end')}>
      {compact ? (
        <Hint text={reason}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a disabled button takes no focus, and its reason has to be found */}
          <span tabIndex={0} className="rounded-control">
            {button}
          </span>
        </Hint>
      ) : (
        button
      )}
      <span className={compact ? 'sr-only' : undefined}>
        <DisabledReason id={id}>{reason}</DisabledReason>
      </span>
    </span>
  );
}
