/** An Avro schema as the specification describes it: every name full, every reference followed, numbers unrounded. */
import type { Json, JsonObject } from "./exact-json.ts";

export const PRIMITIVES = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"] as const;
export type Primitive = (typeof PRIMITIVES)[number];

/** Attributes without a meaning in the specification, such as `logicalType`, kept for their readers. */
interface Attributed {
  readonly attributes: JsonObject;
}

export interface AvroName {
  readonly name: string;
  /** Absent for the null namespace. */
  readonly namespace?: string | undefined;
  /** `namespace.name` */
  readonly full: string;
}

interface Named extends Attributed {
  readonly name: AvroName;
  readonly doc?: string | undefined;
  readonly aliases: readonly AvroName[];
}

export interface PrimitiveType extends Attributed {
  readonly kind: Primitive;
}

export interface ArrayType extends Attributed {
  readonly kind: "array";
  readonly items: AvroType;
}

export interface MapType extends Attributed {
  readonly kind: "map";
  readonly values: AvroType;
}

export interface UnionType {
  readonly kind: "union";
  readonly types: readonly AvroType[];
}

export interface EnumType extends Named {
  readonly kind: "enum";
  readonly symbols: readonly string[];
  readonly default?: string | undefined;
}

export interface FixedType extends Named {
  readonly kind: "fixed";
  readonly size: number;
}

export interface FieldType extends Attributed {
  readonly name: string;
  readonly type: AvroType;
  readonly doc?: string | undefined;
  /** `null` is a default as well; absent without a default. */
  readonly default?: Json | undefined;
  readonly order: "ascending" | "descending" | "ignore";
  readonly aliases: readonly string[];
}

export interface RecordType extends Named {
  readonly kind: "record";
  /** Written as `error`, which is a record otherwise. */
  readonly isError: boolean;
  readonly fields: readonly FieldType[];
}

export type NamedType = RecordType | EnumType | FixedType;
export type AvroType = PrimitiveType | ArrayType | MapType | UnionType | NamedType;

export function isNamed(type: AvroType): type is NamedType {
  return type.kind === "record" || type.kind === "enum" || type.kind === "fixed";
}

/** The full name, or the type's kind where it has no name of its own. */
export function nameOf(type: AvroType): string {
  return isNamed(type) ? type.name.full : type.kind;
}

/** @param namespace what a name without one is in */
export function avroName(written: string, namespace: string | undefined): AvroName {
  const dot = written.lastIndexOf(".");
  const space = dot < 0 ? namespace : written.slice(0, dot);
  const name = written.slice(dot + 1);
  return space === undefined || space === ""
    ? { name, full: name }
    : { name, namespace: space, full: `${space}.${name}` };
}

/** What is made of a type, made once: a type may be compared with many. */
export function once<Type extends object, Value>(make: (type: Type) => Value): (type: Type) => Value {
  const made = new WeakMap<Type, Value>();
  return (type) => {
    const value = made.get(type) ?? make(type);
    made.set(type, value);
    return value;
  };
}

export const typesByField = once(({ fields }: RecordType) => new Map(fields.map(({ name, type }) => [name, type])));
