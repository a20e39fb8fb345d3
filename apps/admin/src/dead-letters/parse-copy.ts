/** An edited copy as it was typed: an object, or why it is not one. */
export interface Copy {
  readonly value?: Record<string, unknown>;
  readonly problem?: string;
}

/** @param what the text is, where it is not an object */
export function parseCopy(text: string, what = "The data of an event"): Copy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "This is not JSON." };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: `${what} is an object: { … }.` };
  return { value: value as Record<string, unknown> }; // an object's keys are strings
}
