/**
 * How long OLM's controllers take, in milliseconds at speed 1, as seen on a real cluster. Most of it is client-side
 * rate limiting there; clients rely on the order, and meet the gaps, so the sandbox keeps them.
 */
export const timing = {
  /** Between the first look at the catalogs and the next one that calls them healthy. */
  healthRecheck: 40,
  /** From a new Subscription to the resolution of its namespace. */
  resolve: 120,
  /** Until a namespace whose bundles are still being unpacked is looked at again. */
  unpackRecheck: 5_000,
  /** Between a new InstallPlan and its first status. */
  planStatus: 10,
  /** From a plan's phase to the Subscription's condition about it. */
  planSeen: { RequiresApproval: 160, Installing: 600, Complete: 800, Failed: 600 },
  /** From approval to phase Installing. */
  planInstalling: 500,
  /** From Installing to the first object. */
  planFirstStep: 800,
  /** From CSV and CRDs to the other objects: the CSV is there, its ServiceAccount is not. */
  planSecondStep: 500,
  /** How late an Operator takes notice. */
  operatorSync: 15,
  /** From the last object to the plan's status. */
  planStatusAfterSteps: 500,
  /** Between two passes over the steps while a CRD is not established. */
  planNextPass: 1_200,
  /** How long a failing plan is tried again, and how often. */
  planRetryWindow: 60_000,
  planRetry: 5_000,
  /** From a CSV's appearance to the Subscription that calls it installed. */
  csvSeen: 1_400,
  /** From a change of a catalog's content to a new resolution. */
  catalogReconnect: 4_000,
  /** Between a finished plan and each write of stale status that follows it. */
  staleWrite: 1_600,
  staleCleared: 400,
  /** How long a CSV may wait for its Deployments before it counts as failed. */
  installTimeout: 300_000,
  /** From a CSV's first phase to the first look at what it needs. */
  requirementsLook: 60,
  /** From phase Installing to the first look at the Deployments. */
  deploymentLook: 120,
  /** From a failed installation to the next attempt. */
  reinstall: 10_000,
};
