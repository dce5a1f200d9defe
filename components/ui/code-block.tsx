import { CopyButton } from '@/components/ui/copy-button';

/** Text to read and copy, as it is. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-subtle">
      <figcaption className="flex h-9 items-center justify-between border-b border-line pr-1.5 pl-3 text-small font-medium text-muted">
        {label}
        <CopyButton text={text} what={label} />
      </figcaption>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-120 overflow-auto p-3 focus-visible:outline-offset-[-2px]"
      >
        <pre className="text-small leading-5">
          <code>{text}</code>
        </pre>
      </section>
    </figure>
  );
}
