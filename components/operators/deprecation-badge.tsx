import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { type DeprecatedPart, deprecatedParts } from '@/lib/operators/contract';

/** What of an operator is deprecated: the widest part names it, the others are in its title. */
export function DeprecationBadge({
  parts,
  compact,
  className,
}: {
  parts: readonly DeprecatedPart[];
  /** Where there is no room for the word, which is then heard and not seen. */
  compact?: boolean;
  className?: string;
}) {
  const t = useTranslations('operators.part');
  const [widest] = deprecatedParts.filter((part) => parts.includes(part));
  if (!widest) return null;
  return (
    <span className={className} title={parts.map((part) => t(part)).join(', ')}>
      <Badge tone="waiting" icon={TriangleAlert}>
        {compact ? <span className="sr-only">{t(widest)}</span> : t(widest)}
      </Badge>
    </span>
  );
}
