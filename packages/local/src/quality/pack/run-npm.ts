/** Runs npm in a folder. */
import { spawn } from "node:child_process";
import { untilEnded } from "../child-output.ts";

const isWindows = process.platform === "win32";

/** Resolves to what it printed; throws with what it complained of. */
export async function runNpm(args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(isWindows ? "npm.cmd" : "npm", args, {
    cwd,
    shell: isWindows,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, out, complaints } = await untilEnded(child);
  if (code !== 0) throw new Error(`npm ${args.join(" ")}: ${complaints || out}`);
  return out;
}
