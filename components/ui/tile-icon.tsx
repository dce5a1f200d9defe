'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';

/** An icon through one of the console's own routes; without one, a tile with initials. */
export function TileIcon({
  src,
  name,
  displayName,
  large,
}: {
  /** Undefined where it is known that there is none. */
  src: string | undefined;
  /** Decides the tile's colour. */
  name: string;
  displayName: string;
  large?: boolean;
}) {
  const [state, setState] = useState<'loading' | 'loaded' | 'failed'>('loading');
  const size = large ? 'size-12 rounded-card' : 'size-9 rounded-[9px]';
  if (src === undefined || state === 'failed') {
    return (
      <span
        aria-hidden
        className={cn('grid shrink-0 place-items-center font-semibold text-[oklch(1_0_0)]', size)}
        style={{ backgroundColor: `oklch(0.52 0.1 ${hueOf(name)})` }}
      >
        {initials(displayName)}
      </span>
    );
  }
  return (
    // Icons of catalogues are drawn for light ground, many of them without any of their own.
    // biome-ignore lint/performance/noImgElement: the route serves a bounded image of its own; there is nothing to optimise
    <img
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      width={large ? 48 : 36}
      height={large ? 48 : 36}
      onLoad={() => setState('loaded')}
      onError={() => setState('failed')}
      className={cn('shrink-0 object-contain', state === 'loaded' ? 'bg-[oklch(1_0_0)]' : 'bg-subtle', size)}
    />
  );
}

function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return sum;
}
