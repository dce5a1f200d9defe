'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { describedBy, Field } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import { Notice } from '@/components/ui/notice';

/** For a package without signature and checksum file: a checksum can be typed, or the risk accepted. */
export function Verify({
  accepted,
  onVerify,
  onAccept,
}: {
  accepted: boolean;
  onVerify: (checksum: string) => void;
  onAccept: (accepted: boolean) => void;
}) {
  const t = useTranslations('packages.upload');
  const id = useId();
  const [checksum, setChecksum] = useState('');
  const digits = checksum.trim();
  const isWrong = digits !== '' && !/^(sha256:)?[0-9a-f]{64}$/i.test(digits);
  const error = isWrong ? t('checksumWrong') : undefined;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="waiting" title={t('unverifiedTitle')}>
        {t('unverifiedText')}
      </Notice>
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (digits !== '' && !isWrong) onVerify(digits);
        }}
      >
        <Field id={id} label={t('checksum')} help={t('checksumHelp')} {...(error ? { error } : {})}>
          <div className="flex gap-2">
            <input
              id={id}
              type="text"
              value={checksum}
              maxLength={128}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={isWrong || undefined}
              aria-describedby={describedBy(id, error, true)}
              onChange={(event) => setChecksum(event.target.value)}
              className={inputClass}
            />
            <Button type="submit" className="h-9" disabled={digits === '' || isWrong}>
              {t('verify')}
            </Button>
          </div>
        </Field>
      </form>
      <Checkbox wrap checked={accepted} onChange={onAccept} label={t('acceptUnverified')} />
    </div>
  );
}
