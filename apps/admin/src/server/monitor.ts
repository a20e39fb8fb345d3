/** The monitor in this process: once, however often Next loads this module. */
import { cacheCheck, describeChecks } from "@tillstream/commerce";
import { runMonitor } from "@tillstream/trpc";
import { server } from "./services.ts";

const holder = globalThis as typeof globalThis & { tillstreamMonitor?: Promise<void> };

export function startMonitor(): void {
  holder.tillstreamMonitor ??= watch();
}

function watch(): Promise<void> {
  const { services } = server();
  return runMonitor(services, describeChecks(cacheCheck(services.cache, "console")));
}
