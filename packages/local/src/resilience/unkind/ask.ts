/** One request over a real connection, made of whatever bytes, and what came back. */
import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";

/** By then something hangs. */
const ANSWER_MS_MAX = 30_000;
const TEXT_CHARACTERS_MAX = 2_000_000;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  /** Until its last byte; of a stream, until its first. */
  readonly ms: number;
}

/** Never rejects. */
export function ask(given: Asked): Promise<Answer> {
  const { method, url, headers, body } = given;
  const begun = performance.now();
  return new Promise((resolve) => {
    const { origin } = new URL(url);
    // As it was written: `URL` would tidy up a path such as `/a/../b`.
    const { hostname, port } = new URL(origin);
    const asked = httpRequest({ hostname, port, path: url.slice(origin.length), method, headers, agent });
    const done = (answer: Omit<Answer, "ms">) => {
      clearTimeout(late);
      resolve({ ...answer, ms: performance.now() - begun });
    };
    const late = setTimeout(() => asked.destroy(new Error(`no answer after ${ANSWER_MS_MAX} ms`)), ANSWER_MS_MAX);
    asked.on("error", (error: NodeJS.ErrnoException) => {
      // A server may end a kept connection whenever it likes, also just as it is used again.
      if (asked.reusedSocket && error.code === "ECONNRESET") {
        clearTimeout(late);
        return void ask(given).then(resolve);
      }
      done({ status: 0, headers: {}, text: error.message });
    });
    asked.on("response", (response) => {
      const { statusCode: status = 0, headers: received } = response;
      let text = "";
      const finish = () => done({ status, headers: received, text });
      if (isStream(received)) {
        finish();
        return void asked.destroy();
      }
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += text.length < TEXT_CHARACTERS_MAX ? chunk : ""));
      response.on("end", finish);
      response.on("error", finish);
    });
    asked.end(body);
  });
}

const isStream = (headers: IncomingMessage["headers"]) =>
  headers["content-type"]?.startsWith("text/event-stream") === true;
