/** What is sent to a procedure: what it accepts, what it nearly accepts, and what only an attacker sends. */
import { examples, leavesIn, objectsIn, withValue } from "@tillstream/commerce/testing";
import type { Procedure } from "@tillstream/commerce/testing";
import type { Asked } from "./ask.ts";
import { bodiesLike, IN_A_FIELD, NAMES } from "./values.ts";

/** Node's server refuses longer ones by itself, without asking our code. */
const URL_CHARACTERS_MAX = 12_000;
const MARK = "the field";

/** What there is, by the name of the field that asks for it. */
export type Known = Readonly<Record<string, unknown>>;

function withKnown(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => withKnown(one, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      Object.hasOwn(known, key) ? known[key] : withKnown(inner, known),
    ]),
  );
}

/** Inputs of the procedure's own schema: of anything, and of what there is. */
export function validInputs({ schema }: Procedure, known: Known): unknown[] {
  const [fewest, ...more] = examples(schema).toSorted((one, other) => leavesIn(one).length - leavesIn(other).length);
  const most = more.at(-1) ?? fewest;
  return [fewest, most, withKnown(fewest, known), withKnown(most, known)];
}

/** `input` with something else at each of its fields, and with fields that it does not have. */
export function nearly(input: unknown): string[] {
  const fields = leavesIn(input).filter((path) => path.length > 0);
  const left = fields.map((path) => JSON.stringify(withValue(input, path, undefined)));
  const changed = fields.flatMap((path) => {
    const marked = JSON.stringify(withValue(input, path, MARK));
    return IN_A_FIELD.map((value) => marked.replace(JSON.stringify(MARK), () => value));
  });
  const more = objectsIn(input).flatMap((path) =>
    NAMES.map((name) => JSON.stringify(withValue(input, [...path, name], "x"))),
  );
  return [...left, ...changed, ...more];
}

interface Caller {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Send = (body: string | Buffer, headers?: Record<string, string>) => Asked;

/** How the procedure is asked: by its link where it has one and the input fits. */
function senderTo({ path, byPost }: Procedure, { origin, headers }: Caller, newKey: () => string): Send {
  const url = `${origin}/api/trpc/${path}`;
  return (body, more = {}) => {
    const all = { "content-type": "application/json", "idempotency-key": newKey(), ...headers, ...more };
    const link = typeof body === "string" && `${url}?input=${encodeURIComponent(body.toWellFormed())}`;
    if (!byPost && link !== false && link.length < URL_CHARACTERS_MAX && Object.keys(more).length === 0)
      return { method: "GET", url: link, headers: all };
    return { method: "POST", url, headers: all, body };
  };
}

export const HEADERS: readonly Record<string, string>[] = [
  { "idempotency-key": "" },
  { "idempotency-key": "k".repeat(256) },
  { "idempotency-key": "é" },
  { "tillstream-as": "x".repeat(5_000) },
  { "content-type": "text/plain" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-encoding": "gzip" },
  { "x-forwarded-for": "'; --, 999.1.1.1, ::::" },
  { traceparent: "00-zz-zz-01", tracestate: "x".repeat(2_000) },
  { cookie: `${"a=b; ".repeat(1_000)}fernhill.session_token=garbage; cart=garbage` },
  { "last-event-id": "\u00ff".repeat(500), accept: "text/event-stream" },
  { origin: "null" },
  { "trpc-accept": "application/jsonl" },
];

/** Everything that is sent to the procedure by this caller. */
export function casesOf(procedure: Procedure, caller: Caller, known: Known, newKey: () => string): Asked[] {
  const send = senderTo(procedure, caller, newKey);
  const inputs = validInputs(procedure, known);
  const valid = JSON.stringify(inputs.at(-1));
  const batch = (count: number) => {
    const { url, ...rest } = send(valid);
    const [base = "", query = ""] = url.split("?input=");
    const names = Array.from({ length: count }, () => procedure.path).join();
    const address = base.replace(procedure.path, names);
    const all = query === "" ? "{}" : JSON.stringify({ 0: inputs.at(-1) });
    return { ...rest, url: `${address}?batch=1&input=${encodeURIComponent(all)}` };
  };
  return [
    ...inputs.map((input) => send(JSON.stringify(input))),
    ...nearly(inputs.at(-1)).map((body) => send(body)),
    ...bodiesLike(valid).map((body) => send(body, { "x-posted": "1" })),
    ...HEADERS.map((headers) => send(valid, headers)),
    batch(2),
    batch(400),
  ];
}
