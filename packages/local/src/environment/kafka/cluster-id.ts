/** The id that a broker's folder was formatted with: the same id means the same records. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function clusterIdIn(dataDir: string): string | undefined {
  const properties = readFileSync(join(dataDir, "data", "meta.properties"), "utf8");
  return /^cluster\.id=(.+)$/m.exec(properties)?.[1];
}
