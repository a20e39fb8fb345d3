/** The embedded registry on a real HTTP server. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { httpListener } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { registryEndpoint } from "../registry/rest-api.ts";

export interface RegistryServer extends AsyncDisposable {
  readonly url: string;
  /** Status and body of the answer; a body that is not text is sent as JSON. */
  call(method: string, path: string, body?: unknown): Promise<[number, unknown]>;
}

/** @param mount where on the server it is, such as `/schema-registry` */
export async function startRegistryServer(db: Database, mount = ""): Promise<RegistryServer> {
  const server = createServer(httpListener(registryEndpoint({ db, mount })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const url = `http://127.0.0.1:${port}${mount}`;
  return {
    url,
    async call(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return [response.status, await response.json()];
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
