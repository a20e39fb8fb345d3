/** What holds for every request to this process, whichever page or route handler of Next answers it. */
import type { Logger } from "@tillstream/runtime";
import { believeProxies } from "./believe-proxies.ts";
import { boundConnections } from "./bound-connections.ts";
import { boundRequests } from "./bound-requests.ts";
import { insistOnHttps } from "./insist-on-https.ts";
import { endUnreadConnections } from "./unread-bodies.ts";

export function guardServer(logger: Logger): void {
  believeProxies();
  boundConnections();
  boundRequests(logger);
  endUnreadConnections();
  insistOnHttps();
}
