'use client';

import './globals.css';

/** Shown when not even the frame could be rendered, where neither messages nor language are known. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>Marketplace</title>
        <main className="mx-auto flex min-h-dvh max-w-120 flex-col justify-center gap-3 px-4">
          <h1 className="text-title font-semibold">The console could not show this page</h1>
          <p className="text-muted">
            Something went wrong in the console itself. Try again; if it stays, its log says why.
          </p>
          <button
            type="button"
            onClick={retry}
            className="h-8 self-start rounded-control bg-accent-solid px-3 font-medium text-on-accent"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
