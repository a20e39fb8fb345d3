/**
 * What the console's process does besides serving pages: it runs the lag monitor too, so that a worker that is dead or
 * stands still raises an alert.
 */
export async function register(): Promise<void> {
  if (!isNodeRuntime()) return;
  const { startMonitor } = await import("./server/monitor.ts");
  startMonitor();
}

/** Next also loads this file for the edge runtime, where there is no Postgres. */
function isNodeRuntime(): boolean {
  return typeof globalThis.process?.versions?.node === "string";
}
