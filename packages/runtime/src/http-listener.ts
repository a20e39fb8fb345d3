/** A function from a request to a response as a listener of `node:http`: the body is read up to a bound, the answer is JSON. */
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Of every answer that is for programs: a browser that is led to one shows it in no page, runs nothing in it and guesses at nothing. */
export const FOR_PROGRAMS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

export interface HttpExchange {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the other end of the connection, such as `127.0.0.1`. */
  readonly remoteAddress: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: OutgoingHttpHeaders;
}

export interface HttpListenerOptions {
  readonly contentType: string;
  readonly bodyBytesMax: number;
  answer(exchange: HttpExchange): Promise<HttpAnswer>;
  /** What is said when the address is none (400), the body is too large (413), or `answer` rejects (503). */
  failed(status: 400 | 413 | 503): HttpAnswer;
}

export function httpListener(
  options: HttpListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void answerTo(request, options)
      .catch(() => options.failed(503))
      .then(({ status, body, headers: own }) => {
        const headers = { "content-type": options.contentType, "cache-control": "no-store", ...FOR_PROGRAMS, ...own };
        // What is left of a body that is too large is not read: the connection ends with the answer.
        response
          .writeHead(status, status === 413 ? { ...headers, connection: "close" } : headers)
          .end(JSON.stringify(body));
      });
  };
}

async function answerTo(
  request: IncomingMessage,
  { answer, bodyBytesMax, failed }: HttpListenerOptions,
): Promise<HttpAnswer> {
  const url = URL.parse(request.url ?? "/", "http://localhost");
  if (url === null) return failed(400);
  const body = await readBody(request, bodyBytesMax);
  if (body === undefined) return failed(413);
  const { method = "GET", headers, socket } = request;
  return answer({ method, url, body, headers, remoteAddress: socket.remoteAddress });
}

/** Undefined when there is more than `bytesMax`. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
