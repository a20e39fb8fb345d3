/**
 * What a log may keep of an error: which one it is and where it came from, without what it quotes. Postgres repeats the
 * row, Prisma the arguments, `JSON.parse` the text, a mail server the recipient. Whatever else an error carries (`detail`,
 * `where`, `parameters`, `meta`) is left out.
 */
const CAUSES_MAX = 5;
/** Fields of the driver's errors that name something of ours. */
const NAMES = new Set(["code", "constraint", "table", "column"]);

type Replacement = readonly [RegExp, string];

const OF_PERSONS: readonly Replacement[] = [
  // Bounded, as the part before the @ is: a long word that is not an address costs no more than its length.
  [/[^\s"'`<>()[\]{},;:=@]{1,64}@[^\s"'`<>()[\]{},;:=]+/g, "[e-mail]"],
  [/\b(?:tok|pm|card)_\w+/g, "[card]"],
];

const QUOTED: readonly Replacement[] = [
  ...OF_PERSONS,
  // Postgres: constraints, and values that do not fit their type.
  [/(Key \([^)]*\)=)\([^\n]*\)/g, "$1(...)"],
  [/(Failing row contains )\([^\n]*\)/g, "$1(...)"],
  [/((?:invalid|value|out of range|malformed)[^\n"]*)"[^\n]*"/g, '$1"..."'],
  // JSON.parse.
  [/"[^\n]*"(?=[^\n"]* is not valid JSON)/g, '"..."'],
  // Prisma: the call with its arguments, up to the reason.
  [/(Invalid `[^`]*` invocation)[\s\S]*\n\n(?=[^\n])/g, "$1: "],
];

/** A text as it may be kept for good: without e-mail addresses and card tokens. */
export function withoutPersons(text: string): string {
  return replaceAll(text, OF_PERSONS);
}

function withoutQuotes(text: string): string {
  return replaceAll(text, QUOTED);
}

function replaceAll(text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** @param error an error, or the message of one */
export function loggableError(error: unknown, depth = 0): unknown {
  if (typeof error === "string") return withoutQuotes(error);
  if (!(error instanceof Error)) return error === undefined ? undefined : typeof error;
  const { message, cause } = error;
  const named = Object.entries(error).filter(([field, value]) => NAMES.has(field) && typeof value === "string");
  return {
    type: error.constructor.name,
    ...Object.fromEntries(named),
    message: withoutQuotes(message),
    stack: framesOf(error),
    ...(cause !== undefined && depth < CAUSES_MAX && { cause: loggableError(cause, depth + 1) }),
  };
}

/** The stack without the message, which comes first and may have several lines. */
function framesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .join("\n");
}
