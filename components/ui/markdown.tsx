import { ImageOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { fitHeadings } from '@/components/ui/outline';

/**
 * Markdown from a catalogue, which nobody vouches for: raw HTML is dropped, the rest sanitised, links open without
 * a referrer, and images become links because the console asks no foreign origin for anything.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        skipHtml
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize, fitUnderSection]}
        components={markdownComponents}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

/** A description stands in a section whose heading is of level 2. */
const fitUnderSection = () => (tree: Parameters<typeof fitHeadings>[0]) => fitHeadings(tree, 2);

const markdownComponents: Components = {
  // What scrolls sideways has to be reachable by keyboard.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div tabIndex={0} className="overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
  // An empty head of a column or row says nothing to anybody.
  th: ({ children }) => (children ? <th>{children}</th> : <td />),
  a: ({ href, children }) => <ForeignLink href={href}>{children}</ForeignLink>,
  img: ({ src, alt }) => <ImageLink src={typeof src === 'string' ? src : undefined} alt={alt} />,
};

function ForeignLink({ href, children }: { href?: string; children?: ReactNode }) {
  if (!href || !/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function ImageLink({ src, alt }: { src?: string; alt?: string }) {
  const t = useTranslations('common');
  const text = alt || t('image');
  const label = (
    <span className="inline-flex items-center gap-1 text-small">
      <ImageOff aria-hidden className="size-3.5" />
      {text}
    </span>
  );
  return src ? <ForeignLink href={src}>{label}</ForeignLink> : label;
}
