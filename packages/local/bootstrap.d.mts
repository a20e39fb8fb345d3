/** The parts of bootstrap.mjs that its tests call. */
export interface LockedPackage {
  readonly version?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
}
export function assertNodeVersion(version: string): void;
export function commandScript(command: string, root?: string): string;
export function bundledNodeCandidates(root?: string, platform?: string): string[];
export function digestOf(paths: readonly string[]): string;
export function isInstalled(
  locked: Readonly<Record<string, LockedPackage>>,
  installed: Readonly<Record<string, LockedPackage>>,
): boolean;
