/** Pairs of Avro schemas that differ in all the ways that matter to resolution; the same ones for the same seed. */

export const PAIRS = { seed: 11, count: 6_000 };

/** A type before it is written. A named one may be in several places, and in itself: it is written out at the first. */
interface Draft {
  kind: string;
  name: string;
  namespace: string;
  aliases: string[];
  /** Of a union, or the one of an array or map. */
  types: Draft[];
  fields: { name: string; type: Draft; hasDefault: boolean; aliases: string[]; more: object }[];
  symbols: string[];
  size: number;
  more: object;
}

/** A name in the null namespace cannot be referred to within another, before its type is complete: see `record`. */
const NAMESPACES = ["a", "a.b", "c", ""];
const PRIMITIVES = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
const NUMBERS_AND_TEXTS = ["int", "long", "float", "double", "bytes", "string"];
const LOGICAL: Readonly<Record<string, object>> = {
  int: { logicalType: "date" },
  long: { logicalType: "timestamp-millis", "my.attribute": 4_294_967_296 },
  bytes: { precision: 9, logicalType: "decimal", scale: 2 },
  string: { logicalType: "uuid", note: { z: 1, a: [1.5, null] } },
};
const NESTING = 3;

/** Reader and writer as texts. One is the other after one to three changes. */
export function* avroPairs({ seed, count }: typeof PAIRS): Generator<readonly [string, string]> {
  const random = generator(seed);
  for (let index = 0; index < count; index += 1) {
    const one = record(NESTING, random, []);
    const other = structuredClone(one);
    for (let changes = random.pick([1, 2, 3]); changes > 0; changes -= 1) change(other, random);
    const [reader, writer] = random.chance(0.5) ? [one, other] : [other, one];
    yield [text(reader, random), text(writer, random)];
  }
}

type Random = ReturnType<typeof generator>;

/** Mulberry32 by Tommy Ettinger: 32 bits of state. */
function generator(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <One>(from: readonly One[]): One => from[Math.floor(next() * from.length)] as One; // none is empty
  return { pick, chance: (share: number) => next() < share, digits: () => String(Math.floor(next() * 1e9)) };
}

function draft(kind: string, more: Partial<Draft> = {}): Draft {
  return { kind, name: "", namespace: "", aliases: [], types: [], fields: [], symbols: [], size: 4, more: {}, ...more };
}

/** @param known named types that may be referred to */
function anyType(depth: number, random: Random, known: Draft[]): Draft {
  const kinds = ["primitive", "primitive", "enum", "fixed", "known", "array", "map", "union", "union", "record"];
  const kind = depth === 0 ? "primitive" : random.pick(kinds);
  switch (kind) {
    case "known":
      return known.length === 0 ? draft("string") : random.pick(known);
    case "union":
      return union(depth - 1, random, known);
    case "record":
      return record(depth, random, known);
    default:
      return typeOf(kind, depth, random, known);
  }
}

function typeOf(kind: string, depth: number, random: Random, known: Draft[]): Draft {
  switch (kind) {
    case "array":
    case "map":
      return draft(kind, { types: [anyType(depth - 1, random, known)] });
    case "enum":
    case "fixed": {
      const symbols = ["A", "B", "C"].slice(0, random.pick([1, 2, 3]));
      const made = draft(kind, { ...naming(random), symbols, size: random.pick([4, 8]) });
      if (kind === "enum" && random.chance(0.3)) made.more = { default: "A" };
      known.push(made);
      return made;
    }
    default: {
      const primitive = kind === "primitive" ? random.pick(PRIMITIVES) : kind;
      return draft(primitive, { more: random.chance(0.15) ? (LOGICAL[primitive] ?? {}) : {} });
    }
  }
}

/** One of each unnamed kind at most; a record and an enum beside them. */
function union(depth: number, random: Random, known: Draft[]): Draft {
  const kinds = ["null", ...PRIMITIVES.slice(1), "array", "enum", "record"].filter(() => random.chance(0.3));
  const types = kinds.map((kind) =>
    kind === "record" ? record(depth, random, known) : typeOf(kind, Math.max(depth, 1), random, known),
  );
  return draft("union", { types });
}

function record(depth: number, random: Random, known: Draft[]): Draft {
  const made = draft("record", naming(random));
  if (made.namespace !== "") known.push(made);
  const names = ["x", "y", "z"].slice(0, random.pick([1, 2, 3]));
  made.fields = names.map((name) => field(name, anyType(Math.max(depth - 1, 0), random, known), random));
  if (random.chance(0.1)) made.more = { "my.attribute": "of a record", other: [true] };
  return made;
}

function naming(random: Random) {
  return { name: `N${random.digits()}`, namespace: random.pick(NAMESPACES) };
}

function field(name: string, type: Draft, random: Random): Draft["fields"][number] {
  const order = random.chance(0.1) ? { order: random.pick(["ascending", "descending", "ignore"]) } : {};
  const doc = random.chance(0.1) ? { doc: random.pick(["", "of a field"]), "my.attribute": 1.5 } : {};
  const aliases = random.chance(0.05) ? [random.pick(["x", "y", "w"])] : [];
  return { name, type, hasDefault: random.chance(0.4), aliases, more: { ...doc, ...order } };
}

/** Changes one type that is anywhere in the schema. */
function change(whole: Draft, random: Random): void {
  const all = [...reached(whole)].filter(({ kind }) => !PRIMITIVES.includes(kind));
  const one = random.pick(all);
  if (one.name !== "" && random.chance(0.4)) return rename(one, random);
  switch (one.kind) {
    case "enum":
      if (random.chance(0.5)) one.more = "default" in one.more ? {} : { default: "A" };
      else one.symbols = ["A", "B", "C", "D"].slice(0, random.pick([1, 2, 3, 4]));
      return;
    case "fixed":
      one.size = random.pick([4, 8]);
      return;
    case "record":
      return changeField(one, random);
    case "union": {
      const missing = PRIMITIVES.filter((kind) => !one.types.some((type) => type.kind === kind));
      if (one.types.length > 0 && random.chance(0.4)) one.types.splice(Math.floor(one.types.length / 2), 1);
      else if (random.chance(0.5)) one.types.reverse();
      else if (missing.length > 0) one.types.push(draft(random.pick(missing)));
      return;
    }
    default:
      one.types = [promoted(one.types[0] ?? draft("int"), random)];
  }
}

function rename(one: Draft, random: Random): void {
  const old = fullName(one);
  if (random.chance(0.6)) one.namespace = random.pick(NAMESPACES.slice(0, 3));
  else one.name = `N${random.digits()}`;
  if (random.chance(0.5)) one.aliases = [random.pick([old, old.split(".").at(-1) ?? "", `c.${one.name}`])];
}

function changeField({ fields }: Draft, random: Random): void {
  const one = random.pick(fields);
  const how = random.pick(["add", "remove", "rename", "type", "type", "default", "wrap"]);
  if (how === "add") fields.push(field(`w${random.digits()}`, draft(random.pick(PRIMITIVES)), random));
  else if (how === "remove") fields.splice(fields.indexOf(one), fields.length > 1 ? 1 : 0);
  else if (how === "rename")
    Object.assign(one, { name: `v${random.digits()}`, aliases: random.chance(0.6) ? [one.name] : [] });
  else if (how === "default") one.hasDefault = !one.hasDefault;
  else if (how === "type") one.type = promoted(one.type, random);
  else if (one.type.kind === "union") one.type = one.type.types[0] ?? draft("null");
  else if (one.type.kind !== "null") one.type = draft("union", { types: [draft("null"), one.type] });
}

function promoted(type: Draft, random: Random): Draft {
  return PRIMITIVES.includes(type.kind) ? draft(random.pick(NUMBERS_AND_TEXTS)) : type;
}

function reached(type: Draft, seen = new Set<Draft>()): Set<Draft> {
  if (seen.has(type)) return seen;
  seen.add(type);
  for (const inner of [...type.types, ...type.fields.map((one) => one.type)]) reached(inner, seen);
  return seen;
}

/** Names are written full, with their namespace or short, as it comes. */
function text(whole: Draft, random: Random): string {
  const written = new Set<Draft>();

  function write(type: Draft, around: string): unknown {
    if (type.kind === "union") return type.types.map((one) => write(one, around));
    if (type.name === "") return writeUnnamed(type, around);
    const isShort = type.namespace === around && random.chance(0.5);
    if (written.has(type)) return isShort || type.namespace === "" ? type.name : fullName(type);
    written.add(type);
    const { name, namespace } = type;
    const isFull = namespace !== "" && random.chance(0.5);
    return {
      ...(isFull
        ? { name: fullName(type), namespace: random.pick(NAMESPACES) }
        : { name, ...(!isShort && { namespace }) }),
      type: type.kind,
      ...type.more,
      ...contentOf(type),
      ...((type.aliases.length > 0 || random.chance(0.1)) && { aliases: type.aliases }),
    };
  }

  function writeUnnamed(type: Draft, around: string): unknown {
    const { kind, more, types } = type;
    const [inner] = types;
    if (inner !== undefined)
      return { ...more, [kind === "array" ? "items" : "values"]: write(inner, around), type: kind };
    return Object.keys(more).length > 0 || random.chance(0.2) ? { ...more, type: kind } : kind;
  }

  function contentOf({ kind, namespace, fields, symbols, size }: Draft): object {
    if (kind === "enum") return { symbols };
    if (kind === "fixed") return { size };
    return { fields: fields.map((one) => writeField(one, namespace)) };
  }

  function writeField({ name, type, hasDefault, aliases, more }: Draft["fields"][number], around: string): object {
    const value = hasDefault ? defaultOf(type) : undefined;
    return {
      ...more,
      type: write(type, around),
      name,
      ...(value !== undefined && { default: value }),
      ...(aliases.length > 0 && { aliases }),
    };
  }

  return JSON.stringify(write(whole, ""));
}

const DEFAULTS: Readonly<Record<string, unknown>> = {
  null: null,
  boolean: false,
  int: -1,
  long: 4_294_967_296,
  float: 1.5,
  double: 1,
  bytes: "\u00ff",
  string: "s",
  array: [],
  map: {},
  enum: "A",
  fixed: "f",
};

/** Undefined where that is not easily said. */
function defaultOf({ kind, types: [first] }: Draft): unknown {
  return kind === "union" && first !== undefined ? defaultOf(first) : DEFAULTS[kind];
}

function fullName({ name, namespace }: Draft): string {
  return namespace === "" ? name : `${namespace}.${name}`;
}
