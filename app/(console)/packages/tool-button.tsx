'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addresses } from '@/components/addresses';
import { ToolDialog } from '@/components/packages/tool-dialog';
import { Button } from '@/components/ui/button';
import { toolQuery } from '@/lib/packages/queries';

/** `Download Packaging and Listing Tool`: where to get it and how to install it. */
export function ToolButton() {
  const t = useTranslations('packages.tool');
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...toolQuery(), enabled: isOpen });
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download aria-hidden />
        {t('title')}
      </Button>
      {isOpen && (
        <ToolDialog
          href={addresses.tool}
          checksumHref={addresses.toolChecksum}
          checksum={data}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
