/** What the console's process does besides answering: it knows its proxies, traces, and watches the projections, so that a dead worker is noticed. */
// Next puts the runtime's name in place of the expression, so that nothing of this is bundled for another one; a build
// has no database to watch.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env["NEXT_PHASE"] !== "phase-production-build") {
    const { createLogger, startTracing } = await import("@tillstream/runtime");
    await startTracing("admin", createLogger("admin"));
    const { believeProxies, endUnreadConnections, insistOnHttps } = await import("@tillstream/trpc");
    const { startMonitor } = await import("./server/monitor.ts");
    believeProxies();
    endUnreadConnections();
    insistOnHttps();
    startMonitor();
  }
}
