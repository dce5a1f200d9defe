import { cn } from '@/components/ui/cn';

/** The five levels of the Operator Framework, lowest first; each includes those before it. */
const levels = ['Basic Install', 'Seamless Upgrades', 'Full Lifecycle', 'Deep Insights', 'Auto Pilot'];

/** How much of its work the operator does by itself: the level's own name and its place among the five. */
export function CapabilityLevel({ level }: { level: string }) {
  const reached = levels.findIndex((name) => name.toLowerCase() === level.toLowerCase());
  return (
    <span className="flex items-center gap-2">
      {level}
      {reached >= 0 && (
        <span aria-hidden className="flex gap-0.5">
          {levels.map((name, index) => (
            <span
              key={name}
              className={cn('h-1.5 w-3.5 rounded-full', index <= reached ? 'bg-accent-solid' : 'bg-line')}
            />
          ))}
        </span>
      )}
    </span>
  );
}
