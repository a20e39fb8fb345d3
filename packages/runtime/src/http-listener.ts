/** A function from a request to a response as a listener of `node:http`: the body is read up to a bound, the answer is JSON. */
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { readBody } from "./read-body.ts";

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
  /** What is said when the address is none (400), the body is too slow (408) or too large (413), or `answer` rejects (503). */
  failed(status: 400 | 408 | 413 | 503): HttpAnswer;
}

export function httpListener(
  options: HttpListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void answerTo(request, options)
      .catch(() => options.failed(503))
      .then(({ status, body, headers: own }) => {
        const headers = { "content-type": options.contentType, "cache-control": "no-store", ...FOR_PROGRAMS, ...own };
        // What is left of a body is not read: the connection ends with the answer.
        response
          .writeHead(status, request.complete ? headers : { ...headers, connection: "close" })
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
  const body = await readBody(request.iterator({ destroyOnReturn: false }), bodyBytesMax);
  if (body === "too large") return failed(413);
  if (body === "too slow") return failed(408);
  const { method = "GET", headers, socket } = request;
  return answer({ method, url, body: body.toString("utf8"), headers, remoteAddress: socket.remoteAddress });
}
