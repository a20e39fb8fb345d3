/**
 * Reads the text of an Avro schema by the rules of the Avro 1.12 specification and, where that leaves a choice, of Java's
 * parser in its strict form: ASCII names, defaults that are values of their type, references that may come before the type.
 */
import { avroName, nameOf, PRIMITIVES } from "./avro-type.ts";
import type { AvroType, EnumType, FieldType, NamedType, Primitive, RecordType } from "./avro-type.ts";
import { isValueOf } from "./default-values.ts";
import { doubleNumber, isJsonObject, numberText, parseExactly } from "./exact-json.ts";
import type { Json, JsonObject } from "./exact-json.ts";

/** The text is not an Avro schema; the message says which part of it breaks which rule. */
export class InvalidAvroError extends Error {
  override readonly name = "InvalidAvroError";
}

/** Types within types; what follows a schema calls itself as often. */
const NESTING_MAX = 500;
/** Types and fields that a default is checked against, and characters of full names. Schemas that people write take some thousands. */
const STEPS_MAX = 1_000_000;
/** Of names; they are quicker. */
const CHARACTERS_A_STEP = 4;
const FIXED_BYTES_MAX = 2 ** 31 - 9;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const DIRECTIONS = ["ascending", "descending", "ignore"] as const;
const TYPE_KEYS = ["doc", "fields", "items", "name", "namespace", "size", "symbols", "values", "type", "aliases"];
const ENUM_KEYS = [...TYPE_KEYS, "default"];

/** Where in the schema: what a name without a namespace is in, and how deep. */
interface Scope {
  readonly namespace: string | undefined;
  readonly depth: number;
}

interface Reading {
  /** Types whose definition has been read to its end, by full name. */
  readonly named: Map<string, NamedType>;
  /** References to types that come later, or that are not at their end. */
  readonly open: (() => void)[];
  /** What can be judged only when every reference is followed. */
  readonly checks: (() => void)[];
  /** Counts the work that may grow faster than the text. Throws `InvalidAvroError` when it is too much. */
  readonly spend: (steps: number) => void;
}

type Draft<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * Throws `InvalidAvroError`, or `SyntaxError` for what is not JSON.
 * @param stepsMax how much work one schema may take before it counts as one that cannot be read
 */
export function parseAvro(text: string, stepsMax = STEPS_MAX): AvroType {
  const reading: Reading = { named: new Map(), open: [], checks: [], spend: budget(stepsMax) };
  const result: { type?: AvroType } = {};
  readType(parseExactly(text), { namespace: undefined, depth: 0 }, reading, (type) => (result.type = type));
  for (const follow of reading.open) follow();
  for (const check of reading.checks) check();
  return result.type ?? invalid("the schema is empty");
}

function budget(stepsMax: number): Reading["spend"] {
  let left = stepsMax;
  return (steps) => {
    left -= steps;
    if (left < 0)
      invalid(
        `the schema takes more than ${stepsMax} steps to read: make its defaults, its unions or its names shorter`,
      );
  };
}

/** @param put takes the type: at once, or, for a reference to one that comes later, when all are read */
function readType(node: Json | undefined, scope: Scope, reading: Reading, put: (type: AvroType) => void): void {
  if (scope.depth > NESTING_MAX) return invalid(`types are nested more than ${NESTING_MAX} deep`);
  const inner = { ...scope, depth: scope.depth + 1 };
  if (typeof node === "string") return readName(node, scope, reading, put);
  if (Array.isArray(node)) return put(readUnion(node as readonly Json[], inner, reading));
  if (!isJsonObject(node)) return invalid(`${shown(node)} is not a type`);
  const { type } = node;
  if (typeof type !== "string") return invalid(`the type of ${shown(node)} is not a name`);
  switch (type) {
    case "record":
    case "error":
      return put(readRecord(node, type === "error", inner, reading));
    case "enum":
      return put(readEnum(node, inner, reading));
    case "fixed":
      return put(define({ ...named(node, inner, reading), kind: "fixed", size: sizeOf(node) }, reading));
    case "array": {
      const array = { kind: type, items: NOT_YET, attributes: attributesOf(node, TYPE_KEYS) };
      readType(node.items, inner, reading, (items) => (array.items = items));
      return put(array);
    }
    case "map": {
      const map = { kind: type, values: NOT_YET, attributes: attributesOf(node, TYPE_KEYS) };
      readType(node.values, inner, reading, (values) => (map.values = values));
      return put(map);
    }
    default:
      if (isPrimitive(type)) return put({ kind: type, attributes: attributesOf(node, TYPE_KEYS) });
      return readName(type, scope, reading, put);
  }
}

/** A placeholder for a type that comes later. */
const NOT_YET: AvroType = { kind: "union", types: [] };

/** A simple name is looked for in the namespace around it, then without one. */
function readName(written: string, { namespace }: Scope, reading: Reading, put: (type: AvroType) => void): void {
  if (isPrimitive(written)) return put({ kind: written, attributes: {} });
  const { full } = avroName(written, namespace);
  reading.spend(full.length / CHARACTERS_A_STEP);
  const known = reading.named.get(full) ?? reading.named.get(written);
  if (known !== undefined) return put(known);
  reading.open.push(() => put(reading.named.get(full) ?? invalid(`${full} is not defined`)));
}

function readUnion(nodes: readonly Json[], scope: Scope, reading: Reading): AvroType {
  const types: AvroType[] = nodes.map(() => NOT_YET);
  for (const [index, node] of nodes.entries()) readType(node, scope, reading, (type) => (types[index] = type));
  reading.checks.push(() => {
    if (types.some(({ kind }) => kind === "union")) invalid("a union is directly within a union");
    unique(types.map(nameOf), "type of a union");
  });
  return { kind: "union", types };
}

function readRecord(node: JsonObject, isError: boolean, scope: Scope, reading: Reading): RecordType {
  const own = named(node, scope, reading);
  if (!Array.isArray(node.fields)) return invalid(`the record ${own.name.full} has no list of fields`);
  const inner = { ...scope, namespace: own.name.namespace };
  const fields = (node.fields as readonly Json[]).map((field) => readField(field, own.name.full, inner, reading));
  unique(
    fields.map(({ name }) => name),
    `field of ${own.name.full}`,
  );
  return define({ ...own, kind: "record", isError, fields }, reading);
}

function readField(node: Json, record: string, scope: Scope, reading: Reading): FieldType {
  if (!isJsonObject(node)) return invalid(`a field of ${record} is ${shown(node)}`);
  const { name, type, doc, default: fallback, order = "ascending", aliases, ...attributes } = node;
  if (typeof name !== "string") return invalid(`a field of ${record} has no name`);
  const place = `field ${checkedName(name)} of ${record}`;
  const direction = DIRECTIONS.find((one) => one === textOf(order)?.toLowerCase());
  const field: Draft<FieldType> = {
    name,
    type: NOT_YET,
    doc: textOf(doc),
    default: fallback,
    order: direction ?? invalid(`the sort order of ${place} is not one of ${DIRECTIONS.join(", ")}`),
    aliases: aliasesOf(aliases, place),
    attributes,
  };
  readType(type, scope, reading, (resolved) => (field.type = resolved));
  reading.checks.push(() => {
    if (field.default === undefined) return;
    field.default = readDouble(field.default, field.type);
    if (!isValueOf(field.type, field.default, reading.spend))
      invalid(`the default of ${place} is no ${nameOf(field.type)}: ${shown(field.default)}`);
  });
  return field;
}

/** Java reads the text of a number as the default of a float or double. */
function readDouble(value: Json, { kind }: AvroType): Json {
  if ((kind !== "float" && kind !== "double") || typeof value !== "string" || value.trim() === "") return value;
  return Number.isNaN(Number(value)) ? value : doubleNumber(Number(value));
}

function readEnum(node: JsonObject, scope: Scope, reading: Reading): EnumType {
  const own = named(node, scope, reading, ENUM_KEYS);
  const symbols = textsOf(node.symbols) ?? invalid(`the enum ${own.name.full} has no list of symbols`);
  symbols.forEach(checkedName);
  unique(symbols, `symbol of ${own.name.full}`);
  const fallback = textOf(node.default);
  if (fallback !== undefined && !symbols.includes(fallback))
    return invalid(`the default of ${own.name.full}, ${fallback}, is not one of its symbols`);
  return define({ ...own, kind: "enum", symbols, default: fallback }, reading);
}

function define<Type extends NamedType>(type: Type, { named: types }: Reading): Type {
  const { full } = type.name;
  if (types.has(full)) return invalid(`${full} is defined twice`);
  types.set(full, type);
  return type;
}

/** What all named types have. */
function named(node: JsonObject, { namespace }: Scope, { spend }: Reading, keys = TYPE_KEYS) {
  if (typeof node.name !== "string") return invalid(`${shown(node)} has no name`);
  const name = avroName(node.name, textOf(node.namespace) ?? namespace);
  spend(name.full.length / CHARACTERS_A_STEP);
  name.full.split(".").forEach(checkedName);
  if (isPrimitive(name.full)) return invalid(`a type cannot be named ${name.full}`);
  const aliases = aliasesOf(node.aliases, name.full).map((alias) => avroName(alias, name.namespace));
  for (const alias of aliases) {
    spend(alias.full.length / CHARACTERS_A_STEP);
    checkedName(alias.name);
  }
  return { name, doc: textOf(node.doc), aliases, attributes: attributesOf(node, keys) };
}

function checkedName(name: string): string {
  return NAME.test(name)
    ? name
    : invalid(`${shown(name)} is not a name: use letters, digits and _, and begin with a letter or _`);
}

function aliasesOf(aliases: Json | undefined, place: string): readonly string[] {
  if (aliases === undefined) return [];
  return [...new Set(textsOf(aliases) ?? invalid(`the aliases of ${place} are not a list of names`))];
}

function sizeOf({ name, size }: JsonObject): number {
  if (typeof size === "number" && Number.isInteger(size) && size >= 0 && size <= FIXED_BYTES_MAX) return size;
  return invalid(`the size of ${shown(name)} is ${numberText(size) ?? "missing"}: a whole number of bytes is needed`);
}

function attributesOf(node: JsonObject, known: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !known.includes(key)));
}

/** Anything but text counts as absent, as it does in Java. */
function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textsOf(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}

function unique(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) invalid(`${name} is a ${what} twice`);
    seen.add(name);
  }
}

function isPrimitive(name: string): name is Primitive {
  return PRIMITIVES.some((primitive) => primitive === name);
}

const SHOWN_LENGTH_MAX = 100;

function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, SHOWN_LENGTH_MAX);
}

function invalid(message: string): never {
  throw new InvalidAvroError(message);
}
