import { handle } from '@/lib/http/handle';

export const GET = handle({ route: '/api/auth/session' }, async ({ session }) => ({ user: session.user }));
