/** How long the platform's package controllers take, in milliseconds at speed 1. */
export const timing = {
  /** From an ArtifactVersion to its content in the catalog (the platform: 10 to 15 minutes). */
  sync: 12_000,
  /** Between two looks for an image that was missing or could not be read. */
  recheck: 5_000,
};
