/**
 * Whether data written with one Avro schema can be read with another, by the resolution rules of the Avro 1.12
 * specification, and if not, which field is at fault and what to do about it. Names are compared without their
 * namespace, or a full name with the reader's aliases, as the specification says.
 */
import { isNamed, nameOf, once, typesByField } from "./avro-type.ts";
import type { AvroType, EnumType, FixedType, NamedType, RecordType, UnionType } from "./avro-type.ts";

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
const COMPARISONS_MAX = 250_000;
/** More than a reader goes through. */
const PROBLEMS_MAX = 50;
const LISTED_MAX = 20;

/** What two types, neither of them a union, say by themselves, and the pairs inside that must resolve as well. */
interface Comparison {
  /** Of the pair itself, or of a field that one of them lacks. */
  readonly problems: readonly { readonly step: string; readonly what: string }[];
  readonly parts: readonly { readonly step: string; readonly reader: AvroType; readonly writer: AvroType }[];
}

/** The two cannot be compared to the end; the message says why. */
class Incomparable extends Error {}

/** Enough problems have been found. */
class Told extends Error {}

/**
 * What keeps a reader from reading; empty when nothing does.
 * @param comparisonsMax how many types, fields and symbols are looked at before the schema counts as one that cannot be read
 */
export function resolutionProblems(
  reader: AvroType,
  writer: AvroType,
  readBy: Reader = "new",
  comparisonsMax = COMPARISONS_MAX,
): readonly string[] {
  const problems: string[] = [];
  const resolves = resolver(comparisonsMax);
  const told = new Pairs();

  function say(path: string, what: string): void {
    if (problems.length === PROBLEMS_MAX) throw new Told();
    problems.push(path === "" ? `the schema ${what}` : `field ${path} ${what}`);
  }

  function tell(one: AvroType, other: AvroType, path: string): void {
    if (other.kind === "union") return tellEach(one, other, path);
    if (one.kind === "union") return tellNone(one, other, path);
    if (!told.add(one, other)) return;
    const { problems: here, parts } = compare(one, other, readBy);
    for (const { step, what } of here) say(join(path, step), what);
    for (const part of parts) tell(part.reader, part.writer, join(path, part.step));
  }

  /** The reader must accept every alternative that can be written. */
  function tellEach(one: AvroType, { types }: UnionType, path: string): void {
    for (const other of types) {
      if (other.kind === "null" && !takesNull(one))
        say(path, "could be absent or null when it was written and must be there when it is read: keep it optional");
      else tell(one, other, path);
    }
  }

  /** When several alternatives might have taken it, the fault of each is reported. */
  function tellNone(union: UnionType, other: AvroType, path: string): void {
    if (resolves(union, other)) return;
    const alike = candidates(union, other).filter(({ kind }) => isNamed(other) && kind === other.kind);
    for (const one of alike) tell(one, other, path);
    if (alike.length === 0)
      say(
        path,
        `was written as ${nameOf(other)}, which is not one of ${listed(union.types.map(nameOf))}: keep the alternative`,
      );
  }

  try {
    if (!resolves(reader, writer)) tell(reader, writer, "");
  } catch (error) {
    if (error instanceof Incomparable) return [error.message];
    if (!(error instanceof Told)) throw error;
  }
  return problems;
}

/**
 * A pair that comes back to itself resolves unless a problem is found: it is assumed to, and when that was wrong
 * for any pair the attempt is made again without that assumption. A refusal under assumptions holds without them as well,
 * so there are as many attempts as refused pairs at most.
 */
function resolver(comparisonsMax: number): (reader: AvroType, writer: AvroType) => boolean {
  const [resolved, refused] = [new Pairs(), new Pairs()];
  let comparisonsLeft = comparisonsMax;

  function attempt(reader: AvroType, writer: AvroType, assumed: Pairs): boolean {
    if (writer.kind === "union") return writer.types.every((one) => attempt(reader, one, assumed));
    if (reader.kind === "union") return candidates(reader, writer).some((one) => attempt(one, writer, assumed));
    comparisonsLeft -= sizeOf(reader);
    if (comparisonsLeft < 0)
      throw new Incomparable(
        `the schema takes more than ${comparisonsMax} comparisons: make its records refer to each other in fewer ways`,
      );
    if (refused.has(reader, writer)) return false;
    if (resolved.has(reader, writer) || !assumed.add(reader, writer)) return true;
    const { problems, parts } = compare(reader, writer);
    const answer = problems.length === 0 && parts.every((part) => attempt(part.reader, part.writer, assumed));
    if (!answer) refused.add(reader, writer);
    return answer;
  }

  return (reader, writer) => {
    for (;;) {
      const refusedBefore = refused.size;
      const assumed = new Pairs();
      const answer = attempt(reader, writer, assumed);
      if (refused.size > refusedBefore) continue;
      resolved.addAll(assumed);
      return answer;
    }
  };
}

function sizeOf(type: AvroType): number {
  if (type.kind === "record") return 1 + type.fields.length;
  return type.kind === "enum" ? 1 + type.symbols.length : 1;
}

/** The alternatives that could take what was written. */
function candidates(union: UnionType, writer: AvroType): readonly AvroType[] {
  const known = alternativesByName(union);
  const keys = isNamed(writer) ? [writer.name.name, aliasKey(writer.name.full)] : [UNNAMED];
  return [...new Set(keys.flatMap((key) => known.get(key) ?? []).map(({ type }) => type))];
}

const UNNAMED = "";
const aliasKey = (full: string) => `alias ${full}`; // no name has a blank

/** A union may have thousands, each of which is looked for. */
const alternativesByName = once(({ types }: UnionType) =>
  Map.groupBy(
    types.flatMap((type) => keysOf(type).map((key) => ({ key, type }))),
    ({ key }) => key,
  ),
);

function keysOf(type: AvroType): readonly string[] {
  return isNamed(type) ? [type.name.name, ...type.aliases.map(({ full }) => aliasKey(full))] : [UNNAMED];
}

function compare(reader: AvroType, writer: AvroType, readBy: Reader = "new"): Comparison {
  const problem = (what: string): Comparison => ({ problems: [{ step: "", what }], parts: [] });
  const changed = `was written as ${nameOf(writer)} and is read as ${nameOf(reader)}`;
  if (reader.kind === "array" && writer.kind === "array")
    return { problems: [], parts: [{ step: "[]", reader: reader.items, writer: writer.items }] };
  if (reader.kind === "map" && writer.kind === "map")
    return { problems: [], parts: [{ step: "{}", reader: reader.values, writer: writer.values }] };
  if (isNamed(reader) && isNamed(writer) && reader.kind === writer.kind) {
    if (!namesMatch(reader, writer)) return problem(`${changed}: keep the name, or give the old one as an alias`);
    if (reader.kind === "record") return compareFields(reader, writer as RecordType, readBy); // of one kind
    const what =
      reader.kind === "enum" ? enumProblem(reader, writer as EnumType) : fixedProblem(reader, writer as FixedType);
    return what === undefined ? NOTHING : problem(what);
  }
  if (reader.kind === writer.kind || PROMOTIONS[writer.kind]?.includes(reader.kind) === true) return NOTHING;
  return problem(`${changed}: keep the type, or add a field beside it`);
}

const NOTHING: Comparison = { problems: [], parts: [] };

function compareFields(reader: RecordType, writer: RecordType, readBy: Reader): Comparison {
  const written = typesByField(writer);
  const pairs = reader.fields.map((field) => {
    const names = [field.name, ...field.aliases].filter((name) => written.has(name));
    if (names.length > 1)
      throw new Incomparable(
        `field ${field.name} of ${nameOf(reader)} is ${names.join(" and ")} of the writer at once: drop an alias`,
      );
    return { field, writer: written.get(names[0] ?? "") };
  });
  return {
    problems: pairs
      .filter((pair) => pair.writer === undefined && pair.field.default === undefined)
      .map(({ field }) => ({ step: field.name, what: MISSING[readBy] })),
    parts: pairs.flatMap(({ field, writer: type }) =>
      type === undefined ? [] : [{ step: field.name, reader: field.type, writer: type }],
    ),
  };
}

function enumProblem(reader: EnumType, writer: EnumType): string | undefined {
  const known = new Set(reader.symbols);
  const unknown = writer.symbols.filter((symbol) => !known.has(symbol));
  if (unknown.length === 0 || reader.default !== undefined) return undefined;
  return `may have been written as ${listed(unknown)}, which the reader does not know: keep the value in the list`;
}

function fixedProblem(reader: FixedType, writer: FixedType): string | undefined {
  if (reader.size === writer.size) return undefined;
  return `was written with ${writer.size} bytes and is read with ${reader.size}: keep the size`;
}

function namesMatch(reader: NamedType, writer: NamedType): boolean {
  return reader.name.name === writer.name.name || reader.aliases.some(({ full }) => full === writer.name.full);
}

function takesNull(type: AvroType): boolean {
  return type.kind === "null" || (type.kind === "union" && type.types.some(({ kind }) => kind === "null"));
}

/** Where in the outermost record, such as `lines[].sku`; empty for the whole. */
function join(path: string, step: string): string {
  return path === "" || step === "" || step === "[]" || step === "{}" ? `${path}${step}` : `${path}.${step}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - LISTED_MAX;
  return more <= 0 ? names.join(", ") : `${names.slice(0, LISTED_MAX).join(", ")} and ${more} more`;
}

/** Pairs of a reader's type and a writer's. */
class Pairs {
  readonly #writers = new Map<AvroType, Set<AvroType>>();
  size = 0;

  has(reader: AvroType, writer: AvroType): boolean {
    return this.#writers.get(reader)?.has(writer) === true;
  }

  /** False when the pair is there already. */
  add(reader: AvroType, writer: AvroType): boolean {
    if (this.has(reader, writer)) return false;
    const writers = this.#writers.get(reader) ?? new Set<AvroType>();
    this.#writers.set(reader, writers.add(writer));
    this.size += 1;
    return true;
  }

  addAll(other: Pairs): void {
    for (const [reader, writers] of other.#writers) for (const writer of writers) this.add(reader, writer);
  }
}
