import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const folders = '{app,components,lib,sandbox,cli,scripts,messages}/**';

export default defineConfig({
  resolve: {
    alias: {
      // `server-only` throws outside a React Server Components bundle; tests run the same modules in plain Node.js.
      'server-only': `${root}node_modules/server-only/empty.js`,
      '@': root.replace(/\/$/, ''),
    },
  },
  test: {
    environment: 'node',
    // Service tests wait for the sandbox more than they compute: two files at once also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      // The console's rules and parts: no process is started.
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${folders}/*.test.ts`, `${folders}/*.test.tsx`],
          exclude: [`${folders}/*.service.test.ts`, 'sandbox/**'],
        },
      },
      // The sandbox's own, some of which live through minutes of a cluster's life at high speed.
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.test.ts'],
          exclude: ['sandbox/**/*.service.test.ts'],
        },
      },
      // Verbs against the sandbox over HTTPS, kubectl against the sandbox, the commands themselves.
      {
        extends: true,
        test: {
          name: 'service',
          include: [`${folders}/*.service.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
