/** Answers that are files. They are read as they are sent, so that their length needs no memory. */
import { csvLine } from "./csv.ts";

export function csvDownload(fileName: string, lines: AsyncIterable<readonly string[]>): Response {
  return download(fileName, "text/csv", map(lines, csvLine));
}

/** One array of these values. */
export function jsonDownload(fileName: string, values: AsyncIterable<unknown>): Response {
  return download(fileName, "application/json", jsonArray(values));
}

async function* map<From, To>(values: AsyncIterable<From>, to: (value: From) => To): AsyncGenerator<To> {
  for await (const value of values) yield to(value);
}

async function* jsonArray(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const value of values) {
    yield before + JSON.stringify(value);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

function download(fileName: string, type: string, parts: AsyncGenerator<string>): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "no-store",
  };
  return new Response(body, { headers });
}
