/** Whether a version's schema and upcaster may be deleted: only when nothing that needs them is stored. */
import type { VersionShare } from "./version-shares.ts";

export interface DropVerdict {
  readonly safe: boolean;
  /** Why, as a sentence. */
  readonly reason: string;
}

/**
 * Dropping a version drops those before it too: their upcasters lead through it.
 * @param shares of the type, among others
 */
export function safeToDrop(
  { type, latestVersion }: { readonly type: string; readonly latestVersion: number },
  version: number,
  shares: readonly VersionShare[],
): DropVerdict {
  if (version >= latestVersion) return { safe: false, reason: `v${version} is the version that is written.` };
  const needed = shares.filter((share) => share.type === type && share.schemaVersion <= version && share.count > 0);
  if (needed.length === 0) return { safe: true, reason: `No event of v${version} or before is stored.` };
  const stored = needed.map(({ schemaVersion, count }) => `${count} of v${schemaVersion}`).join(" and ");
  const newest = new Date(Math.max(...needed.map(({ lastSeen }) => lastSeen.getTime()))).toISOString();
  return { safe: false, reason: `${stored} are stored, the newest from ${newest}: they could no longer be read.` };
}
