/** A tRPC subscription over the browser's own `EventSource`, for pages that carry no client library. */
import type { SubscriptionEvents } from "./subscription.ts";

/** The server pings three times in it (`sse` of the procedures). */
const SILENT_MS = 15_000;
/** The server has ended it, or the line has. It is not opened again here: `createConnection` asks for what is not known by then. */
const ENDS = ["return", "serialized-error", "error"];

export function openSubscription<Output>(
  path: string,
  input: object,
  events: SubscriptionEvents<Output>,
): { unsubscribe(): void } {
  const source = new EventSource(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function unsubscribe(): void {
    clearTimeout(timer);
    source.close();
  }
  function end(): void {
    unsubscribe();
    events.onError();
  }
  function heard(): void {
    clearTimeout(timer);
    timer = setTimeout(end, SILENT_MS);
  }
  heard();
  source.addEventListener("connected", events.onStarted);
  source.addEventListener("message", ({ data }) => events.onData(JSON.parse(String(data)) as Output)); // the procedure's
  for (const name of ["connected", "message", "ping"]) source.addEventListener(name, heard);
  for (const name of ENDS) source.addEventListener(name, end);
  return { unsubscribe };
}
