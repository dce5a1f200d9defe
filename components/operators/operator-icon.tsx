import { addresses } from '@/components/addresses';
import { TileIcon } from '@/components/ui/tile-icon';
import type { OperatorRef } from '@/lib/operators/contract';

/** An operator's icon through the console's own route; without one, a tile with its initials. */
export function OperatorIcon({
  cluster,
  operator,
  displayName,
  namespace,
  missing,
  large,
}: {
  cluster: string;
  operator: OperatorRef;
  displayName: string;
  /** The one namespace that is shown, for users who may not read the whole cluster. */
  namespace?: string;
  /** The catalog does not have the operator, and so no icon either. */
  missing?: boolean;
  large?: boolean;
}) {
  return (
    <TileIcon
      src={missing ? undefined : addresses.icon(cluster, operator, namespace)}
      name={operator.name}
      displayName={displayName}
      large={large}
    />
  );
}
