/** What text fields, selects and comboboxes share. */
export const inputClass =
  'h-9 w-full min-w-0 rounded-control border border-line-control bg-panel px-3 text-body text-ink transition-colors hover:border-muted focus-visible:border-accent-solid focus-visible:outline-2 focus-visible:outline-offset-0 disabled:bg-subtle disabled:text-muted aria-invalid:border-failed';
