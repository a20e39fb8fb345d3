/** An Avro schema as text, in the forms by which Confluent's registry tells schemas apart. */
import { PRIMITIVES, typesByField } from "./avro-type.ts";
import type { AvroName, AvroType, FieldType, NamedType } from "./avro-type.ts";
import { doubleNumber, isJsonObject, numberText } from "./exact-json.ts";
import type { Json, JsonObject } from "./exact-json.ts";

/**
 * `canonical`: Java's `Schema.toString`. Names are short where the namespace around them says the rest, a type is written
 * out where it is first met, what says nothing is left out; attributes keep the order of their writer.
 * `equal`: the same for schemas that Java counts as equal: attributes and aliases are sorted.
 * `normal`: Confluent's `normalize=true`: sorted too, without empty docs, and with fractions in defaults of float and double.
 */
export type SchemaForm = "canonical" | "equal" | "normal";

export function schemaText(type: AvroType, form: SchemaForm = "canonical"): string {
  return JSON.stringify(write(type, undefined, { form, written: new Set() }));
}

interface Writing {
  readonly form: SchemaForm;
  /** Full names of the types that are written out. */
  readonly written: Set<string>;
}

/** Names that a reference would mistake for the type itself. */
const TYPE_NAMES: readonly string[] = [...PRIMITIVES, "record", "enum", "array", "map", "union", "fixed"];

function write(type: AvroType, namespace: string | undefined, to: Writing): Json {
  switch (type.kind) {
    case "union":
      return type.types.map((one) => write(one, namespace, to));
    case "array":
      return { type: "array", items: write(type.items, namespace, to), ...attributesOf(type, to) };
    case "map":
      return { type: "map", values: write(type.values, namespace, to), ...attributesOf(type, to) };
    case "record":
    case "enum":
    case "fixed":
      return writeNamed(type, namespace, to);
    default: {
      const attributes = attributesOf(type, to);
      return Object.keys(attributes).length === 0 ? type.kind : { type: type.kind, ...attributes };
    }
  }
}

function writeNamed(type: NamedType, around: string | undefined, to: Writing): Json {
  const { name } = type;
  if (to.written.has(name.full)) return shortName(name, around);
  to.written.add(name.full);
  return {
    type: type.kind === "record" && type.isError ? "error" : type.kind,
    name: name.name,
    ...(name.namespace !== around && { namespace: name.namespace ?? "" }),
    ...(type.doc !== undefined && !(to.form === "normal" && type.doc === "") && { doc: type.doc }),
    ...contentOf(type, to),
    ...attributesOf(type, to),
    ...aliasesOf(sortedBy(type.aliases, to, ({ full }) => full).map((alias) => shortName(alias, name.namespace))),
  };
}

function contentOf(type: NamedType, to: Writing): JsonObject {
  switch (type.kind) {
    case "record":
      return { fields: type.fields.map((field) => writeField(field, type.name.namespace, to)) };
    case "enum":
      return { symbols: type.symbols, ...(type.default !== undefined && { default: type.default }) };
    case "fixed":
      return { size: type.size };
  }
}

function writeField(field: FieldType, namespace: string | undefined, to: Writing): Json {
  return {
    name: field.name,
    type: write(field.type, namespace, to),
    ...(field.doc !== undefined && { doc: field.doc }),
    ...(field.default !== undefined && { default: defaultOf(field, field.default, to) }),
    ...(field.order !== "ascending" && { order: field.order }),
    ...attributesLast(field, to),
  };
}

/** A field's aliases come before its attributes, those of a type after them. */
function attributesLast(field: FieldType, to: Writing): JsonObject {
  return { ...aliasesOf(sortedBy(field.aliases, to, (alias) => alias)), ...attributesOf(field, to) };
}

function defaultOf({ type }: FieldType, value: Json, { form }: Writing): Json {
  if (form === "canonical") return value;
  return sorted(form === "normal" ? withFractions(type, value) : value);
}

/** Of a union, a default is of the first alternative to Confluent. */
function withFractions(type: AvroType, value: Json): Json {
  switch (type.kind) {
    case "float":
    case "double": {
      const number = numberText(value);
      if (number === undefined) return value;
      return doubleNumber(type.kind === "float" ? shortestFloat(Number(number)) : Number(number));
    }
    case "array":
      return Array.isArray(value) ? (value as readonly Json[]).map((item) => withFractions(type.items, item)) : value;
    case "map":
      return mapValues(value, (one) => withFractions(type.values, one));
    case "record": {
      const types = typesByField(type);
      return mapValues(value, (one, key) => withFractions(types.get(key) ?? type, one));
    }
    case "union": {
      const [first] = type.types;
      return first === undefined ? value : withFractions(first, value);
    }
    default:
      return value;
  }
}

/** The number with the fewest digits that is the same in 32 bits. */
function shortestFloat(value: number): number {
  const float = Math.fround(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find((count) => Math.fround(Number(float.toPrecision(count))) === float);
  return digits === undefined ? float : Number(float.toPrecision(digits));
}

function mapValues(value: Json, change: (one: Json, key: string) => Json): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one, key)]));
}

function attributesOf({ attributes }: { readonly attributes: JsonObject }, { form }: Writing): JsonObject {
  if (form === "canonical") return attributes;
  const entries = Object.entries(sorted(attributes) as JsonObject); // what is sorted stays an object
  const first = entries.filter(([key]) => leads(key, attributes));
  return Object.fromEntries([...first, ...entries.filter(([key]) => !leads(key, attributes))]);
}

/** Confluent writes a logical type before the other attributes, with what belongs to it. */
function leads(key: string, { logicalType, scale }: JsonObject): boolean {
  if (key === "logicalType") return LOGICAL_TYPES.has(logicalType);
  return logicalType === "decimal" && (key === "precision" || (key === "scale" && scale !== 0));
}

/** Those that Java knows. */
const LOGICAL_TYPES: ReadonlySet<Json | undefined> = new Set([
  "decimal",
  "big-decimal",
  "duration",
  "uuid",
  "date",
  "time-millis",
  "time-micros",
  ...["timestamp", "local-timestamp"].flatMap((name) => [`${name}-millis`, `${name}-micros`, `${name}-nanos`]),
]);

function aliasesOf(aliases: readonly string[]): JsonObject {
  return aliases.length === 0 ? {} : { aliases };
}

function sortedBy<One>(list: readonly One[], { form }: Writing, text: (one: One) => string): readonly One[] {
  return form === "canonical" ? list : list.toSorted((one, other) => (text(one) < text(other) ? -1 : 1));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The name alone where the namespace around it is its own. */
function shortName({ name, namespace, full }: AvroName, around: string | undefined): string {
  return namespace !== undefined && namespace === around && !TYPE_NAMES.includes(name) ? name : full;
}
