import { z } from 'zod';

export const tokenInputSchema = z.object({
  token: z
    .string()
    .trim()
    .min(1)
    .max(32_768)
    .regex(/^[\x21-\x7e]+$/),
  cluster: z.string().max(253).optional(),
});
export type TokenInput = z.infer<typeof tokenInputSchema>;

/** Signing in with the kubeconfig's own credentials, on the machine where it lies. */
export const kubeconfigInputSchema = z.object({ cluster: z.string().max(253).optional() });

export const sessionSchema = z.object({
  user: z.object({ name: z.string(), groups: z.array(z.string()) }),
});
export type Session = z.infer<typeof sessionSchema>;
