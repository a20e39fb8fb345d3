/** Route handlers of the apps on a listener of `node:http`, as Next serves them: the folders of their files are their addresses. */
import { globSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { REPOSITORY_ROOT } from "../../environment/places.ts";

/** Handlers that ask Next for the headers of their request. */
export const ONLY_IN_NEXT: readonly string[] = ["/account/credit/statement.csv", "/sitemap.xml"];

type Handler = (request: Request) => Response | Promise<Response>;

interface Route {
  readonly path: string;
  readonly pattern: URLPattern;
  readonly handlers: Readonly<Record<string, Handler | undefined>>;
}

/** Address and file of every route handler of `app`, such as `/api/auth/[...all]`. */
export function routeFiles(app: "storefront" | "admin"): { readonly path: string; readonly file: string }[] {
  const folder = join(REPOSITORY_ROOT, "apps", app, "src/app");
  return globSync("**/route.ts", { cwd: folder })
    .toSorted()
    .map((file) => {
      const segments = file.split("/").slice(0, -1);
      return { path: `/${segments.filter((one) => !one.startsWith("(")).join("/")}`, file: join(folder, file) };
    });
}

export async function serveRoutes(app: "storefront" | "admin"): Promise<Server> {
  const routes: Route[] = [];
  for (const { path, file } of routeFiles(app).filter((one) => !ONLY_IN_NEXT.includes(one.path))) {
    const pathname = path.replace(/\[\.\.\.(\w+)\]/, ":$1+").replace(/\[(\w+)\]/, ":$1");
    const handlers = (await import(pathToFileURL(file).href)) as Route["handlers"]; // what Next takes from the file
    routes.push({ path, pattern: new URLPattern({ pathname }), handlers });
  }
  return createServer((request, response) => {
    const url = URL.parse(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
    const route = url === null ? undefined : routes.find(({ pattern }) => pattern.test(url));
    const handler = route?.handlers[request.method ?? ""];
    if (url === null || handler === undefined) return answerWithoutHandler(request, response, route);
    void answer(request, response, url, handler).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    });
  });
}

/** Pages are Next's: without it none exist, and they must never receive a body (`boundServer`). */
function answerWithoutHandler({ headers }: IncomingMessage, response: ServerResponse, route: Route | undefined): void {
  const missed = route === undefined && Number(headers["content-length"] ?? 0) > 0 ? 500 : 404;
  const said = JSON.stringify({ message: "This path has no route handler." });
  response.writeHead(route === undefined ? missed : 405, { "content-type": "application/json" }).end(said);
}

async function answer(request: IncomingMessage, response: ServerResponse, url: URL, handle: Handler): Promise<void> {
  const { method = "GET", headers: sent } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(sent)) headers.set(name, String(value));
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const body = ["GET", "HEAD"].includes(method) ? null : (Readable.toWeb(request) as ReadableStream);
  const init: RequestInit = { method, headers, body, signal: gone.signal, ...(body !== null && { duplex: "half" }) };
  const answered = await handle(new Request(url, init));
  response.statusCode = answered.status;
  answered.headers.forEach((value, name) => response.appendHeader(name, value));
  response.flushHeaders();
  if (answered.body === null) return void response.end();
  await pipeline(Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]), response).catch(
    () => undefined, // the caller is gone
  );
}
