/** Runs a command-line tool of the lockfile under the node that runs us, and returns what it said. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { untilEnded } from "../child-output.ts";

export const REPOSITORY_ROOT = join(import.meta.dirname, "../../../../..");
const TOOL_TIMEOUT_MS = 300_000;

export interface ToolResult {
  readonly ok: boolean;
  readonly output: string;
}

export async function runTool(tool: string, args: readonly string[], cwd: string): Promise<ToolResult> {
  const child = spawn(process.execPath, [executableOf(tool), ...args], {
    cwd,
    timeout: TOOL_TIMEOUT_MS,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, out, complaints } = await untilEnded(child);
  return { ok: code === 0, output: `${out}${complaints}`.trim() };
}

/** The script behind `node_modules/.bin/<tool>`; the link itself might start another node. */
function executableOf(tool: string): string {
  const folder = join(REPOSITORY_ROOT, "node_modules", PACKAGE_OF[tool] ?? tool);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === "string" ? bin : bin[tool];
  if (script === undefined) throw new Error(`${folder} has no command ${tool}`);
  return join(folder, script);
}

const PACKAGE_OF: Readonly<Record<string, string>> = { tsc: "typescript" };
