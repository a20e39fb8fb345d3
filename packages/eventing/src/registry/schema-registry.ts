/** What a writer and a reader of events need of any schema registry. */
export interface SchemaRegistry {
  /**
   * Registers an Avro schema under a subject and gives its id; the same schema again has the same id.
   * Throws `IncompatibleSchemaError` when the subject's rule refuses it, `RegistryError` for any other refusal.
   */
  register(subject: string, schema: string): Promise<number>;
  /** The text of a schema. Throws `RegistryError` for an unknown id. */
  schemaOf(id: number): Promise<string>;
}

/** A refusal of the registry, with Confluent's code for it. */
export class RegistryError extends Error {
  override readonly name: string = "RegistryError";
  /** Such as 40403; its first three digits are the HTTP status. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The schema would break readers or writers of the versions before it; the message names the field. */
export class IncompatibleSchemaError extends RegistryError {
  override readonly name = "IncompatibleSchemaError";

  constructor(message: string) {
    super(409, message);
  }
}

/** The same registry, asked once for each schema and id: what is registered never changes. */
export function cachedRegistry(registry: SchemaRegistry): SchemaRegistry {
  const ids = new Map<string, Promise<number>>();
  const schemas = new Map<number, Promise<string>>();

  /** Failures are not kept: the next call asks again. */
  function remember<Key, Value>(cache: Map<Key, Promise<Value>>, key: Key, ask: () => Promise<Value>): Promise<Value> {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    cache.set(key, answer);
    answer.catch(() => cache.delete(key));
    return answer;
  }

  return {
    register: (subject, schema) =>
      remember(ids, JSON.stringify([subject, schema]), () => registry.register(subject, schema)),
    schemaOf: (id) => remember(schemas, id, () => registry.schemaOf(id)),
  };
}
