'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

/** Text that shows on hover and on keyboard focus of its trigger; `children` is one focusable element. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-80 rounded-control border border-line bg-raised px-3 py-2 text-small text-ink shadow-float"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
