/** What the console's process does besides answering: it guards its server, traces, and watches the projections, so that a dead worker is noticed. */
// Next puts the runtime's name in place of the expression, so that nothing of this is bundled for another one; a build
// has no database to watch.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env["NEXT_PHASE"] !== "phase-production-build") {
    const { createLogger, startTracing } = await import("@tillstream/runtime");
    const logger = createLogger("admin");
    await startTracing("admin", logger);
    const { guardServer } = await import("@tillstream/trpc");
    const { startMonitor } = await import("./server/monitor.ts");
    guardServer(logger);
    startMonitor();
  }
}
