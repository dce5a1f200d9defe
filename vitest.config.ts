import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      // `server-only` throws outside a React Server Components bundle; tests run the same modules in plain Node.js.
      'server-only': `${root}node_modules/server-only/empty.js`,
      '@': root.replace(/\/$/, ''),
    },
  },
  test: {
    include: ['{app,components,lib,sandbox,cli,scripts,messages}/**/*.test.{ts,tsx,mjs}'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    environment: 'node',
  },
});
