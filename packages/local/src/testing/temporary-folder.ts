/** A folder for one run, which other accounts may enter too: as root, Postgres runs under one of its own. */
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tillstream-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}
