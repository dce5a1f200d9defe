'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';

/** Saves a text, made when it is asked for, as a file on the reader's machine. */
export function SaveButton({
  name,
  type,
  text,
  label,
}: {
  /** Of the file. */
  name: string;
  /** Media type. */
  type: string;
  text: () => string;
  label: string;
}) {
  return (
    <Button
      size="small"
      onClick={() => {
        const address = URL.createObjectURL(new Blob([text()], { type }));
        const link = Object.assign(document.createElement('a'), { href: address, download: name });
        link.click();
        URL.revokeObjectURL(address);
      }}
    >
      <Download aria-hidden />
      {label}
    </Button>
  );
}
