/** Runs the system in the foreground until it is told to stop: the whole of `npm start` and `npm run dev`. */
import { InvalidSettingsError } from "@tillstream/runtime";
import { BusyPortError } from "../ports.ts";
import { readLocalSettings } from "../settings.ts";
import { BuildError } from "./build.ts";
import { createConsole, readyBlock } from "./console.ts";
import type { Mode } from "./services.ts";
import { AlreadyRunningError } from "./state-file.ts";
import { startLocalSystem } from "./system.ts";

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Faults whose message says all; for any other the stack helps to find the bug. */
const EXPECTED = [BusyPortError, AlreadyRunningError, InvalidSettingsError, BuildError];
const isExpected = (error: unknown): error is Error => EXPECTED.some((kind) => error instanceof kind);

class StopRequest extends Error {
  override readonly name = "StopRequest";
}

/** Aborted with a `StopRequest` by the first signal; further ones change nothing, since the stop is bounded. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of STOP_SIGNALS) process.on(signal, () => controller.abort(new StopRequest(signal)));
  return controller.signal;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** Resolves to the exit code: 0 when it was told to stop, 1 when it could not start. */
export async function runSystem(mode: Mode): Promise<number> {
  const signal = stopSignal();
  try {
    const settings = readLocalSettings();
    const output = createConsole(settings.logFormat);
    void aborted(signal).then(() => output.log("stopping"));
    const system = await startLocalSystem({
      mode,
      settings,
      durable: true,
      log: output.log,
      onOutput: output.onOutput,
      signal,
    });
    console.log(readyBlock(system));
    output.showEverything();
    await aborted(signal);
    await system.stop();
    output.log("stopped");
    return 0;
  } catch (error) {
    if (signal.aborted) return 0;
    console.error(isExpected(error) ? error.message : error);
    return 1;
  }
}
