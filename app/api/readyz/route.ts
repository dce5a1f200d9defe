import { checkReadiness } from '@/lib/clusters/server/check-readiness';

/** Able to serve. The platform's state is told; it does not make the console unready. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
}
