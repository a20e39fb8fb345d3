/** The monitor of the projections in this process: once, however often Next loads this module. */
import { runLagMonitor } from "@tillstream/trpc";
import { server } from "./services.ts";

const holder = globalThis as typeof globalThis & { tillstreamMonitor?: Promise<void> };

export function startMonitor(): void {
  holder.tillstreamMonitor ??= runLagMonitor(server().services);
}
