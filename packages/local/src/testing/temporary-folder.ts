/** A folder for one run, which other accounts may enter too: as root, Postgres runs under one of its own. */
import { chmodSync, mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";

export function temporaryFolder(purpose: string, parent: string = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `tillstream-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** A folder in memory where the machine has `bytes` to spare, else on disk as any other. */
export function memoryFolder(purpose: string, bytes: number): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= bytes) return temporaryFolder(purpose, MEMORY);
  } catch {
    // The place does not exist, or is not writable.
  }
  return temporaryFolder(purpose);
}
