/** One violation of a rule, said so that its author can fix it without looking the rule up. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export function formatFinding({ rule, path, line, message }: Finding): string {
  return `${path}${line === undefined ? "" : `:${line}`}  ${message}  (${rule})`;
}
