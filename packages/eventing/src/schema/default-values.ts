/** Which JSON a field may have as its default, by the specification's table. */
import type { AvroType } from "./avro-type.ts";
import { isJsonObject, numberText } from "./exact-json.ts";
import type { Json } from "./exact-json.ts";

const RANGES = { int: 2n ** 31n, long: 2n ** 63n };
const NO_NUMBERS: readonly Json[] = ["NaN", "Infinity", "-Infinity"];

/** What was found out: the alternatives of a union ask about the same values again and again. */
type Known = Map<AvroType, Map<Json, boolean>>;

/** Of a union, the value of any alternative. Of bytes and fixed, the text of any length. */
export function isValueOf(type: AvroType, value: Json, known: Known = new Map()): boolean {
  if (type.kind !== "union" && type.kind !== "record") return judge(type, value, known);
  const answers = known.get(type) ?? new Map<Json, boolean>();
  known.set(type, answers);
  const answer = answers.get(value) ?? judge(type, value, known);
  answers.set(value, answer);
  return answer;
}

function judge(type: AvroType, value: Json, known: Known): boolean {
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
      return Array.isArray(value) && (value as readonly Json[]).every((item) => isValueOf(type.items, item, known));
    case "map":
      return isJsonObject(value) && Object.values(value).every((one) => isValueOf(type.values, one, known));
    case "union":
      return type.types.some((one) => isValueOf(one, value, known));
    case "record":
      return (
        isJsonObject(value) &&
        type.fields.every((field) => {
          const own = Object.hasOwn(value, field.name) ? value[field.name] : field.default;
          return own !== undefined && isValueOf(field.type, own, known);
        })
      );
  }
}

/** @param limit one more than the largest; the smallest is its negative */
function isWithin(limit: bigint, text: string | undefined): boolean {
  if (text === undefined || !/^-?\d+$/.test(text)) return false;
  const value = BigInt(text);
  return value >= -limit && value < limit;
}
