/** What faults need of the process. */
export interface DisturbingPorts {
  /** Of the simulated gateway. */
  readonly gatewayUrl: string;
  readonly shopUrl: string;
  /** Posts JSON, within a bound of time. Throws unless the answer is 2xx. */
  post(url: string, body: object, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  /** Milliseconds that only go forward. */
  now(): number;
  newId(): string;
}
