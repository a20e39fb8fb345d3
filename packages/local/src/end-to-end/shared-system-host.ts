/** Holds the system that browser tests share (`shared-system.ts`), for the whole of a run: it outlives every file. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SharedSystem } from "./shared-system.ts";
import { startSystem } from "../testing/system.ts";
import type { StartSystemOptions, System } from "../testing/system.ts";

/** A day: longer than any run. */
const SHIPPING_DELAY_MS = "86400000";
/** All visitors of all files come from one address, which may make as many accounts as they need. */
const LIMIT_SIGN_UP_ADDRESS = "1000/60s";

export interface SharedSystemHost extends AsyncDisposable {
  /** Answers with the system; the first request starts it. */
  readonly url: string;
}

export type StartShared = (options: StartSystemOptions) => Promise<SharedSystem & Pick<System, "stop">>;

export async function hostSharedSystem(start: StartShared = startSystem): Promise<SharedSystemHost> {
  let starting: ReturnType<StartShared> | undefined;
  const server = createServer((_, response) => {
    starting ??= start({ env: { SHIPPING_DELAY_MS, LIMIT_SIGN_UP_ADDRESS } });
    starting.then(
      ({ urls, databaseUrl, appDatabaseUrl, redisUrl, ports, dataDir }) => {
        const shared: SharedSystem = { urls, databaseUrl, appDatabaseUrl, redisUrl, ports, dataDir };
        response.end(JSON.stringify(shared));
      },
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      const system = await starting?.catch(() => undefined); // who asked was told why
      await system?.stop();
    },
  };
}
