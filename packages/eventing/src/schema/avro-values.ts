/**
 * Between an event's data and the values that avsc takes and gives: every field is there, and a value of a union is
 * wrapped in the name of its alternative. The Avro schema alone says how, so data of any registered schema can be read.
 */
import { branchKey, isUnion, NotAvroError } from "./avro-schema.ts";
import type { AvroField, AvroRecord, AvroSchema } from "./avro-schema.ts";

type Fields = Readonly<Record<string, unknown>>;

export function toAvro(schema: AvroSchema, value: unknown, namespace = ""): unknown {
  if (typeof schema === "string") return value;
  if (isUnion(schema)) return wrap(schema, value, namespace);
  switch (schema.type) {
    case "enum":
      return value;
    case "array":
      return (value as readonly unknown[]).map((item) => toAvro(schema.items, item, namespace));
    case "map":
      return mapValues(value as Fields, (one) => toAvro(schema.values, one, namespace));
    case "record": {
      const scope = schema.namespace ?? namespace;
      const data = value as Fields;
      return Object.fromEntries(schema.fields.map(({ name, type }) => [name, toAvro(type, data[name] ?? null, scope)]));
    }
  }
}

export function fromAvro(schema: AvroSchema, value: unknown): unknown {
  if (typeof schema === "string") return value;
  if (isUnion(schema)) return unwrap(schema, value);
  switch (schema.type) {
    case "enum":
      return value;
    case "array":
      return (value as readonly unknown[]).map((item) => fromAvro(schema.items, item));
    case "map":
      return mapValues(value as Fields, (one) => fromAvro(schema.values, one));
    case "record":
      return fromRecord(schema, value as Fields);
  }
}

function fromRecord({ fields }: AvroRecord, value: Fields): Fields {
  const there = fields.filter((field) => !(isOptional(field) && value[field.name] === null));
  return Object.fromEntries(there.map(({ name, type }) => [name, fromAvro(type, value[name])]));
}

/** An absent value travels as null. */
function isOptional(field: AvroField): boolean {
  return field.default === null && field.required !== true;
}

function wrap(branches: readonly AvroSchema[], value: unknown, namespace: string): unknown {
  if (value === null) return null;
  const branch = branches.find((one) => accepts(one, value));
  if (branch === undefined)
    throw new NotAvroError(`${JSON.stringify(value)} is not one of ${JSON.stringify(branches)}`);
  return { [wrappedName(branch, namespace)]: toAvro(branch, value, namespace) };
}

function wrappedName(branch: AvroSchema, namespace: string): string {
  const name = branchKey(branch);
  const isNamed =
    typeof branch !== "string" && !isUnion(branch) && (branch.type === "record" || branch.type === "enum");
  return isNamed && namespace !== "" ? `${namespace}.${name}` : name;
}

function unwrap(branches: readonly AvroSchema[], value: unknown): unknown {
  if (value === null) return null;
  const [[name, inner] = []] = Object.entries(value as Fields);
  const short = name?.split(".").at(-1);
  const branch = branches.find((one) => branchKey(one) === short);
  if (branch === undefined) throw new NotAvroError(`${name} is not one of ${JSON.stringify(branches)}`);
  return fromAvro(branch, inner);
}

/** Whether a value is of this alternative, which is looked at as deep as need be to tell records apart. */
function accepts(schema: AvroSchema, value: unknown): boolean {
  switch (schema) {
    case "null":
      return value === null;
    case "long":
      return Number.isSafeInteger(value);
    case "double":
      return typeof value === "number";
    case "string":
    case "boolean":
      return typeof value === schema;
  }
  if (isUnion(schema)) return schema.some((one) => accepts(one, value));
  if (schema.type === "enum") return schema.symbols.includes(value as string);
  if (schema.type === "array") return Array.isArray(value) && value.every((item) => accepts(schema.items, item));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const data = value as Fields;
  if (schema.type === "map") return Object.values(data).every((one) => accepts(schema.values, one));
  const known = new Set(schema.fields.map(({ name }) => name));
  return (
    Object.entries(data).every(([name, one]) => one === undefined || known.has(name)) &&
    schema.fields.every(({ name, type }) => accepts(type, data[name] ?? null))
  );
}

function mapValues(values: Fields, change: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
