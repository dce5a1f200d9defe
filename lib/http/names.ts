import { z } from 'zod';

/** RFC 1123 label: what Kubernetes accepts as the name of a Namespace. */
export const namespaceNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits and "-", with a letter or digit at both ends',
  });

/** RFC 1123 subdomain: what Kubernetes accepts as the name of most objects. */
export const objectNameSchema = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
  });
