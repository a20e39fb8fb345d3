/** Reads a JSON body within a bound and by a schema, or refuses it with the field and the rule. */
import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { RefusedError } from "./answers.ts";

const BODY_BYTES_MAX = 100_000;
/** How much of a body that is too large is read without being kept, so that its sender gets to see the 413. */
const DRAINED_BYTES_MAX = 10_000_000;

export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const [contentType = ""] = (request.headers["content-type"] ?? "").split(";");
  // What a page of another site can send unasked is none of these.
  if (contentType.trim().toLowerCase() !== "application/json")
    throw new RefusedError(415, "not_json", "The body is to be application/json.");
  return parseBySchema(parseJson(await readBounded(request)), schema);
}

export function parseBySchema<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join(".") || "body", rule: message }));
  const message = fields.map(({ field, rule }) => `${field}: ${rule}`).join("; ");
  throw new RefusedError(400, "invalid_request", message, { fields });
}

async function readBounded(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
    else if (bytes > DRAINED_BYTES_MAX) break;
  }
  if (bytes > BODY_BYTES_MAX)
    throw new RefusedError(413, "body_too_large", `At most ${BODY_BYTES_MAX} bytes are accepted.`);
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedError(400, "malformed_json", "The body is not JSON.");
  }
}
