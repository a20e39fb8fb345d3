/** A Protobuf message of a version's JSON schema, for comparison: fields are numbered in their order. */
import type { JsonSchema } from "@tillstream/eventing";
import protobuf from "protobufjs";

export interface ProtobufType {
  encode(data: object): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

export function protobufType(name: string, schema: JsonSchema): ProtobufType {
  const type = message(name, schema);
  new protobuf.Root().define("tillstream").add(type);
  return {
    encode: (data) => type.encode(type.fromObject({ ...data })).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number, arrays: true }),
  };
}

function message(name: string, { properties = {}, required = [] }: JsonSchema): protobuf.Type {
  const type = new protobuf.Type(name);
  for (const [index, [field, schema]] of Object.entries(properties).entries()) {
    const repeated = schema.type === "array" && typeof schema.items === "object";
    const inner = repeated ? (schema.items as JsonSchema) : schema;
    const rule = repeated ? "repeated" : required.includes(field) ? undefined : "optional";
    type.add(new protobuf.Field(field, index + 1, fieldType(type, field, inner), rule));
  }
  return type;
}

function fieldType(parent: protobuf.Type, field: string, schema: JsonSchema): string {
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
      return "int64";
    case "number":
      return "double";
    case "boolean":
      return "bool";
    case "object": {
      const name = `${field[0]?.toUpperCase()}${field.slice(1)}`;
      parent.add(message(name, schema));
      return name;
    }
    default:
      throw new Error(`${field}: ${JSON.stringify(schema)} is not compared`);
  }
}
