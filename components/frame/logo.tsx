/** The console's mark: packages on a shelf, one of them new. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <rect width="24" height="24" rx="6" fill="var(--accent-solid)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="1.6" strokeLinejoin="round">
        <rect x="5.5" y="12.5" width="6" height="6" rx="1.2" />
        <rect x="12.5" y="12.5" width="6" height="6" rx="1.2" />
        <rect x="5.5" y="5.5" width="6" height="6" rx="1.2" />
      </g>
      <rect x="12.7" y="4.7" width="6.6" height="6.6" rx="1.5" fill="var(--on-accent)" />
    </svg>
  );
}
