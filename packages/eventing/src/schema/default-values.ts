/** Which JSON a field may have as its default, by the specification's table. */
import type { AvroType } from "./avro-type.ts";
import { isJsonObject, numberText } from "./exact-json.ts";
import type { Json } from "./exact-json.ts";

const RANGES = { int: 2n ** 31n, long: 2n ** 63n };
const NO_NUMBERS: readonly Json[] = ["NaN", "Infinity", "-Infinity"];

/**
 * Of a union, the value of any alternative. Of bytes and fixed, the text of any length.
 * @param spend is told of each type and field before it is checked against a value; throws when they are too many
 */
export function isValueOf(type: AvroType, value: Json, spend: (steps: number) => void): boolean {
  spend(type.kind === "record" ? 1 + type.fields.length : 1);
  switch (type.kind) {
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "int":
    case "long":
      return isWithin(RANGES[type.kind], numberText(value));
    case "float":
    case "double":
      return numberText(value) !== undefined || NO_NUMBERS.includes(value);
    case "string":
    case "bytes":
    case "enum":
    case "fixed":
      return typeof value === "string";
    case "array":
      return Array.isArray(value) && (value as readonly Json[]).every((item) => isValueOf(type.items, item, spend));
    case "map":
      return isJsonObject(value) && Object.values(value).every((one) => isValueOf(type.values, one, spend));
    case "union":
      return type.types.some((one) => isValueOf(one, value, spend));
    case "record":
      return (
        isJsonObject(value) &&
        type.fields.every((field) => {
          const own = Object.hasOwn(value, field.name) ? value[field.name] : field.default;
          return own !== undefined && isValueOf(field.type, own, spend);
        })
      );
  }
}

/** @param limit one more than the largest; the smallest is its negative */
function isWithin(limit: bigint, text: string | undefined): boolean {
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) return false;
  const value = BigInt(text);
  return value >= -limit && value < limit;
}
