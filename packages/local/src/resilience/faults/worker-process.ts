/** A real worker, started as in production, that a test may kill, freeze or leave alone. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { childEnv } from "../../environment/child-env.ts";
import type { Environment } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { freePorts } from "../../environment/ports.ts";

export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly isRunning: () => boolean;
  /** What it has logged, a line each; nothing but with a `LOG_LEVEL`. */
  readonly lines: readonly string[];
  /** Resolves when it is gone, to its exit code; null when a signal killed it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * @param settings such as `GATEWAY_URL`
 * @param folder the code that it runs
 */
export async function startWorkerProcess(
  { url, appUrl }: { readonly url: string; readonly appUrl: string },
  settings: Environment = {},
  folder: string = REPOSITORY_ROOT,
): Promise<WorkerProcess> {
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, ["apps/worker/src/main.ts"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
    env: childEnv({
      DATABASE_URL: url,
      APP_DATABASE_URL: appUrl,
      WORKER_PORT: String(port),
      LOG_LEVEL: "silent",
      ...settings,
    }),
  });
  const lines: string[] = [];
  child.stdout.on("data", (data: Buffer) => lines.push(...data.toString().split("\n")));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    isRunning,
    lines,
    async end(signal = "SIGKILL") {
      if (isRunning()) {
        const gone = once(child, "exit");
        child.kill("SIGCONT");
        child.kill(signal);
        await gone;
      }
      return child.exitCode;
    },
  };
}
