/** Runs once when the server starts. Sockets and signals stay in a module that only Node.js loads. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { prepareServer } = await import('./lib/http/prepare-server');
  prepareServer();
}
