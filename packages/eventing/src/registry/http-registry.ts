/** Any registry that speaks Confluent's REST API. */
import type { Scheduler } from "@tillstream/runtime";
import { z } from "zod";
import { cachedRegistry, IncompatibleSchemaError, RegistryError } from "./schema-registry.ts";
import type { SchemaRegistry } from "./schema-registry.ts";

export const REGISTRY_CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
const ANSWER_TIMEOUT_MS = 10_000;
/** What a registry that does not say more answers with. */
const UNKNOWN_ERROR = { error_code: 50001, message: "the registry gave no reason" };

const errorBody = z.object({ error_code: z.int(), message: z.string() }).catch(UNKNOWN_ERROR);
const idBody = z.object({ id: z.int() });
const schemaBody = z.object({ schema: z.string() });

export interface HttpRegistryOptions {
  /** Such as `http://registry:8081`; a user and a password in it are sent along. */
  readonly url: string;
  /** The platform's `fetch`: the kernel calls nothing by itself. */
  readonly fetch: typeof globalThis.fetch;
  readonly scheduler: Scheduler;
}

export function createHttpRegistry({ url, fetch, scheduler }: HttpRegistryOptions): SchemaRegistry {
  const base = new URL(url);
  const { username, password } = base;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  base.username = "";
  base.password = "";
  const headers = {
    accept: `${REGISTRY_CONTENT_TYPE}, application/json`,
    "content-type": REGISTRY_CONTENT_TYPE,
    ...(username !== "" && { authorization: `Basic ${Buffer.from(login).toString("base64")}` }),
  };

  async function call(path: string, body?: object): Promise<unknown> {
    const late = new AbortController();
    const answered = new AbortController();
    void scheduler.sleep(ANSWER_TIMEOUT_MS, answered.signal).then(() => late.abort());
    try {
      const response = await fetch(`${base.href.replace(/\/$/, "")}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers,
        signal: late.signal,
        redirect: "error", // the login is for this registry
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json().catch(() => undefined);
      if (response.ok) return answer;
      const { error_code: code, message } = errorBody.parse(answer);
      throw response.status === 409 ? new IncompatibleSchemaError(message) : new RegistryError(code, message);
    } finally {
      answered.abort();
    }
  }

  return cachedRegistry({
    register: async (subject, schema) =>
      idBody.parse(await call(`/subjects/${encodeURIComponent(subject)}/versions`, { schema })).id,
    schemaOf: async (id) => schemaBody.parse(await call(`/schemas/ids/${id}`)).schema,
  });
}
