import 'server-only';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { shared } from '@/lib/kube/shared';

/** What `/api/metrics` tells. Labels are route patterns and status codes only: no names, no users. */
export function metrics() {
  return shared('metrics', () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    return {
      registry,
      requests: new Counter({
        name: 'marketplace_http_requests_total',
        help: 'Requests answered by the console.',
        labelNames: ['method', 'route', 'status'],
        registers: [registry],
      }),
      seconds: new Histogram({
        name: 'marketplace_http_request_seconds',
        help: 'Time until a request was answered.',
        labelNames: ['method', 'route'],
        buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        registers: [registry],
      }),
    };
  });
}
