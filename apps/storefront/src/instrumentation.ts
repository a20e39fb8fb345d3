/** What the shop's process does besides answering: it guards its server, and traces, once there is an exporter. */
// Next puts the runtime's name in place of the expression, so that nothing of this is bundled for another one.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env["NEXT_PHASE"] !== "phase-production-build") {
    const { createLogger, startTracing } = await import("@tillstream/runtime");
    const logger = createLogger("storefront");
    await startTracing("storefront", logger);
    const { guardServer } = await import("@tillstream/trpc");
    guardServer(logger);
  }
}
