import 'server-only';

/**
 * State of the process. Next.js loads instrumentation and route handlers as separate module graphs, so
 * module variables are not shared between them; only `globalThis` is.
 */
export function shared<T>(name: string, make: () => T): T {
  const slots = globalThis as { marketplaceConsole?: Map<string, unknown> };
  slots.marketplaceConsole ??= new Map();
  if (!slots.marketplaceConsole.has(name)) slots.marketplaceConsole.set(name, make());
  // The slot was filled by `make` of the same name; names are unique literals.
  return slots.marketplaceConsole.get(name) as T;
}
