/** What a money endpoint says: an HTTP status with a JSON body, or nothing at all. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The request was carried out and its caller will never hear of it. */
export const SILENCE = Symbol("silence");

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function refused(status: number, code: string, message: string, detail: Record<string, unknown> = {}): Answer {
  return { status, body: { error: { code, message, ...detail } } };
}

/** Carries an answer out of a nested call; the server sends it. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly answer: Answer;
  constructor(status: number, code: string, message: string, detail?: Record<string, unknown>) {
    super(message);
    this.answer = refused(status, code, message, detail);
  }
}
