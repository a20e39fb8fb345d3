/** What the shop's process does besides answering: it knows its proxies. */
// Next puts the runtime's name in place of the expression, so that nothing of this is bundled for another one.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env["NEXT_PHASE"] !== "phase-production-build") {
    const { believeProxies } = await import("@tillstream/trpc");
    believeProxies();
  }
}
