import 'server-only';
import { ProblemError } from '@/lib/kube/problem';
import { PackageError } from '../../contract';
import type { StoredUpload, Uploads } from './uploads';

/** The wire's words for what went wrong with a package. */
const codes: Record<PackageError['code'], string> = {
  InvalidPackage: 'invalid-input',
  UnsafePackage: 'invalid-input',
  CorruptPackage: 'invalid-input',
  VerificationFailed: 'invalid-input',
  InvalidInput: 'invalid-input',
  RegistryRefused: 'refused-by-cluster',
  RegistryUnreachable: 'cluster-unreachable',
  PlatformRefused: 'forbidden',
  NoSpace: 'too-large',
};

/** What a browser is told of a failure about a package: nothing of where the file lies on the server. */
export function refusal(error: unknown, { id, fileName }: StoredUpload, known: Uploads): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return diskFull();
  if (!(error instanceof PackageError)) return error;
  const path = known.path(id);
  const message = error.message.replaceAll(`${path}.package/`, '').replaceAll(path, fileName);
  return new ProblemError(codes[error.code], message, { reason: error.code });
}

/** The console's own disk can take no more. */
export function diskFull(): ProblemError {
  return new ProblemError(
    'too-large',
    "The console's disk is full or has failed. Make room on it, and go on with the upload or send the package again.",
  );
}
