/** How shares and verdicts read, and which row is open, as in the address. */
import type { Outputs } from "../console/trpc.ts";

export type TypeShares = Outputs["schemas"]["versionShare"][number];
export type VersionRow = TypeShares["versions"][number];
export type EventType = Outputs["schemas"]["list"][number];

/** A share that is not all and not nothing never reads as if it were. */
export function shareText(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share < 0.001) return "< 0.1 %";
  if (share > 0.999) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

export const rowKey = (type: string, version: number) => `${type}:${version}`;

/** What the schema of a version is compared with: the version before, if there is one. */
export function comparedVersions(type: EventType, version: number) {
  const after = type.versions.find((one) => one.version === version);
  const before = type.versions.find((one) => one.version === version - 1);
  return { before, after };
}
