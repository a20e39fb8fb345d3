/**
 * Whether data written with one Avro schema can be read with another, by the resolution rules of the Avro 1.12
 * specification, and if not, which field is at fault and what to do about it.
 */
import avro from "avsc";

/** Parses the text of an Avro schema. Throws when it is none, such as one with a record that has no name. */
export function parseAvro(text: string): avro.Type {
  return avro.Type.forSchema(JSON.parse(text) as avro.Schema, { wrapUnions: true, noAnonymousTypes: true });
}

const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  int: ["long", "float", "double"],
  long: ["float", "double"],
  float: ["double"],
  string: ["bytes"],
  bytes: ["string"],
};

/** Who reads: the schema that is to be registered (backward), or one registered before it (forward). */
export type Reader = "new" | "earlier";

const MISSING: Readonly<Record<Reader, string>> = {
  new: "was added without a default: give it a default or publish it as optional",
  earlier: "was removed, and earlier readers have no default for it: keep the field",
};

/** Of two types. Schemas that refer to themselves in many ways come nowhere near it; one that is made to does not stop the process. */
const COMPARISONS_MAX = 1_000_000;

interface Resolution {
  readonly readBy: Reader;
  /** Where in the outermost record, such as `lines[].sku`; empty for the whole. */
  readonly path: string;
  readonly problems: string[];
  /** Pairs of records whose problems are told, or about to be: a recursive schema comes back to them. */
  readonly seen: Set<string>;
  readonly verdicts: Verdicts;
  /** While an alternative of a union is tried: pairs of records that resolve unless something still speaks against them. */
  readonly assumed?: Set<string>;
}

/** What is known of pairs of records, whichever alternative of a union asked. */
interface Verdicts {
  readonly resolved: Set<string>;
  readonly refused: Set<string>;
  comparisonsLeft: number;
}

class TooManyComparisons extends Error {}

/**
 * What keeps a reader from reading; empty when nothing does.
 * @param comparisonsMax how many pairs of types are looked at, before the schema counts as one that cannot be read
 */
export function resolutionProblems(
  reader: avro.Type,
  writer: avro.Type,
  readBy: Reader = "new",
  comparisonsMax = COMPARISONS_MAX,
): readonly string[] {
  const problems: string[] = [];
  const verdicts = { resolved: new Set<string>(), refused: new Set<string>(), comparisonsLeft: comparisonsMax };
  const whole = { readBy, path: "", problems, seen: new Set<string>(), verdicts };
  try {
    resolve(reader, writer, whole);
  } catch (error) {
    if (!(error instanceof TooManyComparisons)) throw error;
    say(whole, `takes more than ${comparisonsMax} comparisons: make its records refer to each other in fewer ways`);
  }
  return problems;
}

function resolve(reader: avro.Type, writer: avro.Type, at: Resolution): void {
  at.verdicts.comparisonsLeft -= 1;
  if (at.verdicts.comparisonsLeft < 0) throw new TooManyComparisons();
  const readers = alternativesOf(reader);
  const writers = alternativesOf(writer);
  if (writers !== undefined) return resolveEach(reader, writers, at);
  if (readers !== undefined) return resolveAny(readers, writer, at);
  if (reader.typeName !== writer.typeName) {
    if (PROMOTIONS[writer.typeName]?.includes(reader.typeName)) return;
    return say(
      at,
      `was written as ${nameOf(writer)} and is read as ${nameOf(reader)}: keep the type, or add a field beside it`,
    );
  }
  if (isRecord(reader) && isRecord(writer)) return resolveRecord(reader, writer, at);
  if (isEnum(reader) && isEnum(writer)) return resolveEnum(reader, writer, at);
  if (isArray(reader) && isArray(writer)) return resolve(reader.itemsType, writer.itemsType, within(at, "[]"));
  if (isMap(reader) && isMap(writer)) return resolve(reader.valuesType, writer.valuesType, within(at, "{}"));
  if (isFixed(reader) && isFixed(writer) && (!namesMatch(reader, writer) || reader.size !== writer.size))
    say(at, `was written as ${nameOf(writer)} and is read as ${nameOf(reader)}: keep name and size`);
}

/** Whatever alternative was written, the reader must take it. */
function resolveEach(reader: avro.Type, writers: readonly avro.Type[], at: Resolution): void {
  for (const writer of writers) {
    if (writer.typeName === "null" && !takesNull(reader)) {
      say(at, "could be absent or null when it was written and must be there when it is read: keep it optional");
    } else resolve(reader, writer, at);
  }
}

/** One alternative of the reader that takes what was written is enough; when several might have, the fault of each is told. */
function resolveAny(readers: readonly avro.Type[], writer: avro.Type, at: Resolution): void {
  if (readers.some((reader) => takes(reader, writer, at))) return;
  const alike = readers.filter((reader) => reader.typeName === writer.typeName && namesMatch(reader, writer));
  if (alike.length > 0 && at.assumed === undefined) for (const reader of alike) resolve(reader, writer, at);
  else
    say(
      at,
      `was written as ${nameOf(writer)}, which is none of ${readers.map(nameOf).join(", ")}: keep the alternative`,
    );
}

/**
 * Whether the reader takes what was written. A pair of records that comes back to itself resolves unless something speaks
 * against it: it is assumed to, and when that was wrong for any pair the attempt is made again without that assumption. A
 * refusal under assumptions holds without them as well, so there are as many attempts as refused pairs at most.
 */
function takes(reader: avro.Type, writer: avro.Type, at: Resolution): boolean {
  if (at.assumed !== undefined) return attempt(reader, writer, at, at.assumed);
  const { resolved, refused } = at.verdicts;
  for (;;) {
    const refusedBefore = refused.size;
    const assumed = new Set<string>();
    const answer = attempt(reader, writer, at, assumed);
    if (refused.size > refusedBefore) continue;
    for (const pair of assumed) resolved.add(pair);
    return answer;
  }
}

function attempt(reader: avro.Type, writer: avro.Type, at: Resolution, assumed: Set<string>): boolean {
  const problems: string[] = [];
  resolve(reader, writer, { ...at, path: "", problems, assumed });
  return problems.length === 0;
}

function resolveRecord(reader: avro.types.RecordType, writer: avro.types.RecordType, at: Resolution): void {
  if (!namesMatch(reader, writer))
    return say(
      at,
      `was written as ${nameOf(writer)} and is read as ${nameOf(reader)}: keep the name, or give the old one as an alias`,
    );
  const pair = `${reader.name}/${writer.name}`;
  if (at.assumed !== undefined) return attemptRecord(reader, writer, pair, at, at.assumed);
  if (at.seen.has(pair)) return;
  at.seen.add(pair);
  resolveFields(reader, writer, at);
}

function attemptRecord(
  reader: avro.types.RecordType,
  writer: avro.types.RecordType,
  pair: string,
  at: Resolution,
  assumed: Set<string>,
): void {
  const { resolved, refused } = at.verdicts;
  if (resolved.has(pair) || assumed.has(pair)) return;
  const problems: string[] = [];
  if (!refused.has(pair)) {
    assumed.add(pair);
    resolveFields(reader, writer, { ...at, problems });
    if (problems.length === 0) return;
    assumed.delete(pair);
    refused.add(pair);
  }
  say(at, "cannot be read");
}

function resolveFields(reader: avro.types.RecordType, writer: avro.types.RecordType, at: Resolution): void {
  const written = new Map(writer.fields.map((field) => [field.name, field]));
  for (const field of reader.fields) {
    const name = [field.name, ...field.aliases].find((one) => written.has(one));
    const known = name === undefined ? undefined : written.get(name);
    const place = within(at, at.path === "" ? field.name : `.${field.name}`);
    if (known !== undefined) resolve(field.type, known.type, place);
    else if (field.defaultValue() === undefined) say(place, MISSING[at.readBy]);
  }
}

function resolveEnum(reader: EnumType, writer: EnumType, at: Resolution): void {
  if (!namesMatch(reader, writer))
    return say(at, `was written as ${nameOf(writer)} and is read as ${nameOf(reader)}: keep the name`);
  const known = new Set(reader.symbols);
  const unknown = writer.symbols.filter((symbol) => !known.has(symbol));
  if (unknown.length > 0 && reader.default === undefined)
    say(
      at,
      `may have been written as ${unknown.join(", ")}, which the reader does not know: keep the value in the list`,
    );
}

function say({ path, problems }: Resolution, what: string): void {
  problems.push(path === "" ? `the schema ${what}` : `field ${path} ${what}`);
}

const within = (at: Resolution, step: string): Resolution => ({ ...at, path: `${at.path}${step}` });

/** avsc's typings lack the default of an enum. */
type EnumType = avro.types.EnumType & { readonly default?: string };

const isRecord = (type: avro.Type): type is avro.types.RecordType => type.typeName === "record";
const isEnum = (type: avro.Type): type is EnumType => type.typeName === "enum";
const isArray = (type: avro.Type): type is avro.types.ArrayType => type.typeName === "array";
const isMap = (type: avro.Type): type is avro.types.MapType => type.typeName === "map";
const isFixed = (type: avro.Type): type is avro.types.FixedType => type.typeName === "fixed";

function alternativesOf(type: avro.Type): readonly avro.Type[] | undefined {
  return type.typeName.startsWith("union:") ? (type as avro.types.WrappedUnionType).types : undefined;
}

function takesNull(type: avro.Type): boolean {
  return type.typeName === "null" || (alternativesOf(type)?.some(({ typeName }) => typeName === "null") ?? false);
}

function namesMatch(reader: avro.Type, writer: avro.Type): boolean {
  const aliases = (reader as { readonly aliases?: readonly string[] }).aliases ?? []; // named types have them
  return reader.name === writer.name || aliases.includes(writer.name ?? "");
}

function nameOf(type: avro.Type): string {
  return type.name ?? type.typeName;
}
