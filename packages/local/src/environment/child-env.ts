/**
 * The environment as child processes inherit it. Settings are read by `readEnv` only; here they are
 * passed on, and nothing else touches `process.env`.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Ours with `overrides`; a child is not told of a variable that is overridden with undefined. */
export function childEnv(overrides: Environment): Record<string, string> {
  const merged = { ...process.env, ...overrides };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Makes settings that this process found out, such as the generated secret, visible to code that reads them. */
export function publishSettings(settings: Environment): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) process.env[name] = value;
  }
}
