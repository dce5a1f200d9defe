import { openOnPlatform } from '@/lib/clusters/server/open-cluster';
import { handle } from '@/lib/http/handle';
import { eventsQuerySchema } from '@/lib/live/contract';
import { eventStream } from '@/lib/live/server/event-stream';

export const GET = handle(
  { route: '/api/events', query: eventsQuerySchema },
  async ({ session, query, request }) => {
    const clients = await openOnPlatform(session, query.cluster, request.signal);
    return eventStream(clients, query.namespace, request.signal);
  },
);
