/** What is wrong with an answer, whatever was asked. */
import type { Answer, Asked } from "./ask.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";

/** What only developers of the shop may know: where its code is, what its statements and tables are. */
const INSIDES: readonly (RegExp | string)[] = [
  REPOSITORY_ROOT,
  "node_modules",
  /\.[mc]?[jt]s:\d+/,
  /\n\s+at /,
  /prisma/i,
  /\brelation "|\bcolumn "|violates \w+(?:-\w+)? constraint|syntax error at or near|invalid input syntax|SQLSTATE/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^"]{0,80}\b(?:FROM|VALUES|SET|WHERE)\b/,
  /\bE(?:CONNREFUSED|PIPE|NOENT)\b/,
  /Cannot read propert|is not a function|is not iterable|Maximum call stack/,
];

/** However much was wrong. */
const REFUSAL_CHARACTERS_MAX = 20_000;

interface Said {
  readonly message?: unknown;
  readonly fields?: readonly { readonly field?: string }[];
  readonly data?: { readonly reason?: string; readonly fields?: readonly { readonly field?: string }[] };
  readonly code?: string;
}

export function faultsOf({ url, body = "" }: Asked, { status, headers, text }: Answer, bodyBytesMax: number): string[] {
  // A client that goes on sending what is not read may find the connection closed before the answer.
  if (status === 0) return body.length > bodyBytesMax ? [] : [`no answer: ${text}`];
  if (status >= 500) return [`status ${status}`];
  const insides = INSIDES.filter((one) => (typeof one === "string" ? text.includes(one) : one.test(text)));
  const faults = insides.map((inside) => `tells of our insides (${String(inside)})`);
  if (status < 400) return [];
  if (text.length > REFUSAL_CHARACTERS_MAX) faults.push(`refuses with ${text.length} characters`);
  if (/\.csv|\/api\/forms\//.test(url) && text !== "") return faults; // a person followed a link to a file or sent a form, and reads this
  return [...faults, ...badlyRefused(status, headers["content-type"], text)];
}

/** What our servers refuse themselves is JSON with a message, and names the field where one is at fault. */
function badlyRefused(status: number, contentType: string | undefined, text: string): string[] {
  if (contentType?.includes("json") !== true) return [`status ${status} is not JSON, but ${contentType ?? "nothing"}`];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [`status ${status} is not parsed as JSON`];
  }
  return [parsed].flat().flatMap((one) => {
    const said = ((one as { error?: Said }).error ?? one) as Said; // whatever it is, each field of it is looked at
    if (one !== null && typeof one === "object" && "result" in one) return [];
    if (typeof said.message !== "string" || said.message === "") return [`status ${status} has no message`];
    const atFault = [said.data?.reason, said.code].some(
      (code) => code === "INVALID_INPUT" || code === "invalid_request",
    );
    const fields = said.data?.fields ?? said.fields ?? [];
    return atFault && !fields.some(({ field }) => field) ? [`status ${status} names no field`] : [];
  });
}
