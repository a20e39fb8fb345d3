/** Reads a JSON body within a bound and by a schema, or refuses it with the field and the rule. */
import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { readBody } from "@tillstream/runtime";
import { RefusedError } from "./answers.ts";

const BODY_BYTES_MAX = 100_000;
/** It may name all the fields of a body that it does not know. */
const RULE_CHARACTERS_MAX = 500;

export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const [contentType = ""] = (request.headers["content-type"] ?? "").split(";");
  // What a page of another site can send unasked is none of these.
  if (contentType.trim().toLowerCase() !== "application/json")
    throw new RefusedError(415, "not_json", "Send the body as application/json.");
  return parseBySchema(parseJson(await readBounded(request)), schema);
}

export function parseBySchema<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: path.join(".") || "body",
    rule: message.slice(0, RULE_CHARACTERS_MAX),
  }));
  const message = fields.map(({ field, rule }) => `${field}: ${rule}`).join("; ");
  throw new RefusedError(400, "invalid_request", message, { fields });
}

async function readBounded(request: IncomingMessage): Promise<string> {
  const body = await readBody(request.iterator({ destroyOnReturn: false }), BODY_BYTES_MAX);
  if (body === "too large")
    throw new RefusedError(413, "body_too_large", `At most ${BODY_BYTES_MAX} bytes are accepted.`);
  if (body === "too slow") throw new RefusedError(408, "body_too_slow", "The body did not arrive in time.");
  return body.toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedError(400, "malformed_json", "The body is not JSON.");
  }
}
