/** Programs of the system by name, as a shell finds them. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { readEnv } from "@tillstream/runtime";
import { z } from "zod";

/** Places that a shell of an ordinary user may not list, but where packages put servers. */
const MORE_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The full path of the first of `names` that is on PATH. */
export function findOnPath(...names: readonly string[]): string | undefined {
  const { PATH } = readEnv({ PATH: z.string().default("") });
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = [...PATH.split(delimiter).filter((folder) => folder !== ""), ...MORE_FOLDERS];
  return names
    .flatMap((name) => folders.flatMap((folder) => suffixes.map((suffix) => join(folder, `${name}${suffix}`))))
    .find(isExecutable);
}
