/**
 * From a version's JSON schema to an Avro schema. A nested record is named by its path. An optional field is a union
 * with null whose default is null; a field that may itself be null is a union without that default, so that an absent
 * value and a null stay apart. What Avro cannot express is refused with the path of the field.
 */
import type { AnyEventDefinition } from "../event/definition.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  readonly default?: unknown;
  /** The field is always there, although its default is null. */
  readonly required?: true;
}

export interface AvroRecord {
  readonly type: "record";
  readonly name: string;
  readonly namespace?: string;
  readonly fields: readonly AvroField[];
  /** Which version of the event the schema is of; at the outermost record only. */
  readonly schemaVersion?: number;
}

export interface AvroEnum {
  readonly type: "enum";
  readonly name: string;
  readonly symbols: readonly string[];
}

export type AvroSchema =
  | "null"
  | "string"
  | "long"
  | "double"
  | "boolean"
  | { readonly type: "array"; readonly items: AvroSchema }
  | { readonly type: "map"; readonly values: AvroSchema }
  | AvroEnum
  | AvroRecord
  | readonly AvroSchema[];

/** The event's schema has something that Avro cannot express. */
export class NotAvroError extends Error {
  override readonly name = "NotAvroError";
}

/** Prefix of the namespaces that events of a stream type are named in, unless a deployment has its own. */
const NAMESPACE_DEFAULT = "tillstream";
const AVRO_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The Avro record of one version of an event.
 * @param streamType ends the namespace; the same for all versions, since Avro compares names
 */
export function avroSchemaOf(
  definition: AnyEventDefinition,
  version: number,
  streamType: string,
  namespacePrefix = NAMESPACE_DEFAULT,
): AvroRecord {
  const { type } = definition;
  const record = convert(jsonSchemaOf(definition, version), type);
  if (typeof record === "string" || isUnion(record) || record.type !== "record")
    throw new NotAvroError(`${type} v${version}: an event's data is an object`);
  const namespace = `${namespacePrefix}.${streamType.replaceAll(/[^A-Za-z0-9_]/g, "_")}`;
  const defaults = definition.addedDefaults[version - 1] ?? {};
  const fields = record.fields.map((field) => withDefault(field, defaults));
  return { ...record, namespace, fields, schemaVersion: version };
}

/** The default that readers of earlier data go by; a field's own comes first. */
function withDefault(field: AvroField, defaults: Readonly<Record<string, unknown>>): AvroField {
  if ("default" in field || !(field.name in defaults)) return field;
  return defaultedField(field.name, field.type, defaults[field.name]);
}

export function isUnion(schema: AvroSchema): schema is readonly AvroSchema[] {
  return Array.isArray(schema);
}

/** @param path `OrderCreated_lines`: the place of the schema and, should it need one, its name */
function convert(schema: JsonSchema, path: string): AvroSchema {
  const branches = branchesOf(schema);
  if (branches !== undefined) return union(branches, path);
  if (schema.const !== undefined) return enumeration([schema.const], path);
  if (schema.enum !== undefined) return enumeration(schema.enum, path);
  switch (schema.type) {
    case "null":
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
      return "long";
    case "number":
      return "double";
    case "array":
      return { type: "array", items: convert(itemsOf(schema, path), `${path}_item`) };
    case "object":
      return object(schema, path);
    default:
      throw new NotAvroError(`${path}: ${JSON.stringify(schema)} has no Avro form`);
  }
}

/** The alternatives of a union; undefined when the schema is not a union. */
function branchesOf(schema: JsonSchema): readonly JsonSchema[] | undefined {
  const { type } = schema;
  if (Array.isArray(type)) return (type as readonly string[]).map((one) => ({ ...schema, type: one }));
  return schema.anyOf ?? schema.oneOf;
}

function union(branches: readonly JsonSchema[], path: string): AvroSchema {
  const converted = branches.flatMap((branch, index) => {
    const one = convert(branch, branches.length === 1 ? path : branchName(branch, path, index));
    return isUnion(one) ? one : [one];
  });
  const distinct = distinctOf(converted, path);
  const [only] = distinct;
  return distinct.length === 1 && only !== undefined ? only : nullFirst(distinct);
}

/** One alternative for each key. Enums of one name, as a union of words has them, become one with the words of all. */
function distinctOf(schemas: readonly AvroSchema[], path: string): readonly AvroSchema[] {
  const byKey = new Map<string, AvroSchema>();
  for (const one of schemas) {
    const key = branchKey(one);
    const known = byKey.get(key) ?? one;
    byKey.set(key, isEnum(known) && isEnum(one) ? joined(known, one) : same(known, one, path));
  }
  return [...byKey.values()];
}

function joined(one: AvroEnum, other: AvroEnum): AvroEnum {
  return { ...one, symbols: [...new Set([...one.symbols, ...other.symbols])] };
}

function same(one: AvroSchema, other: AvroSchema, path: string): AvroSchema {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  throw new NotAvroError(`${path}: two alternatives are both ${branchKey(one)}, which Avro cannot tell apart`);
}

function isEnum(schema: AvroSchema): schema is AvroEnum {
  return typeof schema !== "string" && !isUnion(schema) && schema.type === "enum";
}

/** Records and enums may be several in a union, by their names; of any other type there is one. */
export function branchKey(schema: AvroSchema): string {
  if (typeof schema === "string") return schema;
  if (isUnion(schema)) throw new NotAvroError("a union within a union");
  return schema.type === "record" || schema.type === "enum" ? schema.name : schema.type;
}

/** An alternative is named for the constant that tells it apart, so that a new one in between renames none. */
function branchName(branch: JsonSchema, path: string, index: number): string {
  if (branch.type !== "object") return path;
  const constant = Object.values(branch.properties ?? {}).find((property) => typeof property.const === "string")?.const;
  return `${path}_${typeof constant === "string" && AVRO_NAME.test(constant) ? constant : index}`;
}

function nullFirst(schemas: readonly AvroSchema[]): readonly AvroSchema[] {
  return schemas.includes("null") ? ["null", ...schemas.filter((one) => one !== "null")] : schemas;
}

/** Values that are not Avro symbols travel as plain strings. */
function enumeration(values: readonly unknown[], path: string): AvroSchema {
  if (!values.every((value) => typeof value === "string"))
    throw new NotAvroError(`${path}: only strings are enumerated`);
  return values.every((value) => AVRO_NAME.test(value)) ? { type: "enum", name: path, symbols: values } : "string";
}

function itemsOf({ items, prefixItems }: JsonSchema, path: string): JsonSchema {
  if (prefixItems !== undefined || typeof items !== "object")
    throw new NotAvroError(`${path}: a tuple has no Avro form`);
  return items;
}

function object({ properties, required = [], additionalProperties }: JsonSchema, path: string): AvroSchema {
  if (properties === undefined) {
    if (typeof additionalProperties !== "object")
      throw new NotAvroError(`${path}: values of any type have no Avro form`);
    return { type: "map", values: convert(additionalProperties, `${path}_value`) };
  }
  const fields = Object.entries(properties).map(([name, schema]) => field(name, schema, required.includes(name), path));
  return { type: "record", name: path, fields };
}

function field(name: string, schema: JsonSchema, isRequired: boolean, path: string): AvroField {
  if (!AVRO_NAME.test(name)) throw new NotAvroError(`${path}: ${JSON.stringify(name)} is not a valid Avro name`);
  const type = convert(schema, `${path}_${name}`);
  const alternatives = isUnion(type) ? type : [type];
  const nullable = alternatives.includes("null");
  if (!isRequired) {
    if (nullable)
      throw new NotAvroError(`${path}.${name}: optional and nullable at once; choose one, Avro has one null`);
    return { name, type: ["null", ...alternatives], default: null };
  }
  return schema.default === undefined ? { name, type } : defaultedField(name, type, schema.default);
}

/** A union's default is of its first alternative, and null is the first as it is. */
function defaultedField(name: string, type: AvroSchema, value: unknown): AvroField {
  if (value === null) return { name, type, default: null, required: true };
  const nullLast = isUnion(type) && type.includes("null");
  return { name, type: nullLast ? [...type.filter((one) => one !== "null"), "null"] : type, default: value };
}
