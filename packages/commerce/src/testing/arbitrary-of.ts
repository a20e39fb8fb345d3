/** Any data that a JSON schema allows, for properties that hold for every event and every input. */
import type { JsonSchema } from "@tillstream/eventing";
import fc from "fast-check";

const ITEMS_MAX = 4;
/** avsc refuses the outermost safe integer on either side. */
const INTEGER_MAX = Number.MAX_SAFE_INTEGER - 1;

/** What takes the place of a leaf's arbitrary: of a text, a number, a choice. */
type Around = (leaf: fc.Arbitrary<unknown>, schema: JsonSchema) => fc.Arbitrary<unknown>;

export function arbitraryOf(schema: JsonSchema, around: Around = (leaf) => leaf): fc.Arbitrary<unknown> {
  const { type, anyOf, oneOf } = schema;
  const branches =
    anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one: string) => ({ ...schema, type: one })) : undefined);
  if (branches !== undefined) return fc.oneof(...branches.map((branch) => arbitraryOf(branch, around)));
  if (type === "object") return object(schema, around);
  if (type === "array") {
    return fc.array(arbitraryOf(schema.items as JsonSchema, around), {
      minLength: Number(schema["minItems"] ?? 0),
      maxLength: ITEMS_MAX,
    });
  }
  return around(leafOf(schema), schema);
}

function leafOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.maxSafeInteger().map((value) => within(value, schema));
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "string":
      return text(schema);
    default:
      if (Object.keys(schema).length === 0) return fc.jsonValue();
      throw new Error(`no data is made for ${JSON.stringify(schema)}`);
  }
}

/** Brings a whole number into the schema's range. */
function within(value: number, { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): number {
  const least = Math.max(Number(minimum ?? -INTEGER_MAX), Number(exclusiveMinimum ?? -INTEGER_MAX) + 1, -INTEGER_MAX);
  const most = Math.min(Number(maximum ?? INTEGER_MAX), Number(exclusiveMaximum ?? INTEGER_MAX) - 1, INTEGER_MAX);
  const mirrored = value < least ? -value : value;
  return Math.min(Math.max(mirrored, least), most);
}

function text({ format, pattern, minLength, maxLength }: JsonSchema): fc.Arbitrary<string> {
  const least = Number(minLength ?? 0);
  if (format === "date-time")
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
      .map((date) => date.toISOString());
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.test$/);
  if (typeof pattern === "string")
    return fc.stringMatching(new RegExp(pattern), { maxLength: Number(maxLength ?? 100) });
  return fc.string({ minLength: least, maxLength: Number(maxLength ?? least + 20) });
}

function object(schema: JsonSchema, around: Around): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema;
  if (properties === undefined)
    return fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      arbitraryOf(additionalProperties as JsonSchema, around),
      { noNullPrototype: true, maxKeys: ITEMS_MAX },
    );
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, arbitraryOf(inner, around)]),
  );
  return fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });
}
