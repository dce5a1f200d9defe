'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { addresses } from '@/components/addresses';
import { problemOf } from '@/components/ui/problem-of';
import { Toaster } from '@/components/ui/toast';

/** What every page's client side shares: the query cache, the address as state, tooltips and announcements. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <Tooltip.Provider delayDuration={300}>{children}</Tooltip.Provider>
        <Toaster />
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        // A cluster that does not know the token is told on its own page; without a session nothing can be shown.
        const problem = problemOf(error);
        if (problem?.code === 'unauthenticated' && !problem.cluster && query.meta?.anonymous !== true) {
          location.assign(addresses.login(location.pathname + location.search));
        }
      },
    }),
    defaultOptions: {
      queries: {
        // Live events tell what changed; a refusal stays a refusal however often it is asked.
        refetchOnWindowFocus: false,
        retry: (failures, error) => {
          const status = problemOf(error)?.status ?? 0;
          return failures < 2 && (status === 0 || status >= 500);
        },
      },
    },
  });
}
