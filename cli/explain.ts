import { ConnectionError, KubeError, type RequestPlace } from '@/lib/kube/errors';
import { PackageError } from '@/lib/packages/contract';
import { plain } from './terminal';
import { UsageError } from './usage-error';

/** Says in a sentence why a command failed; text of errors that nobody foresaw is for `--debug`. */
export function explain(error: unknown): string {
  if (error instanceof PackageError || error instanceof UsageError) return plain(error.message);
  if (error instanceof KubeError) {
    const hint = error.status === 403 ? ' Your account lacks that permission.' : '';
    return plain(`Cluster ${error.place.cluster} refused to ${doing(error.place)}: ${error.message}.${hint}`);
  }
  if (error instanceof ConnectionError) {
    return plain(`Cluster ${error.place.cluster} did not answer (${doing(error.place)}): ${error.message}.`);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'a file';
  if (code === 'ENOSPC') return 'The disk is full.';
  if (code === 'EACCES' || code === 'EPERM') return plain(`${path} may not be written or read.`);
  if (code === 'ENOENT') return plain(`${path} does not exist.`);
  return 'Something went wrong that nobody foresaw; --debug tells more.';
}

function doing({ verb, resource, namespace, name }: RequestPlace): string {
  return `${verb} ${resource}${name ? ` ${name}` : ''}${namespace ? ` in ${namespace}` : ''}`;
}
