/**
 * BEGIN goes to Postgres together with the first statement of its transaction: one way there and back less for each transaction, which
 * is about a fifth of the work of a short one. Both end with one Sync, so that Postgres carries out no statement whose BEGIN
 * failed. A transaction without a statement asks Postgres nothing.
 */
import pg from "pg";

/** What pg's types leave out of a query, and of the connection that it is written to. */
interface QueryInside {
  callback: (error: Error | null, result: pg.QueryResult) => void;
  requiresPreparation(): boolean;
  prepare(connection: ConnectionInside): void;
  handleCommandComplete(message: unknown, connection: ConnectionInside): void;
  handleError(error: Error, connection: ConnectionInside): void;
}
interface ConnectionInside {
  readonly stream: { destroy(): void };
  bind(what: { readonly portal: string; readonly statement: string; readonly values: readonly [] }): void;
  execute(what: { readonly portal: string; readonly rows: number }): void;
}
const Query = pg.Query as unknown as new (config: pg.QueryConfig) => QueryInside;

const UNNAMED_PORTAL = "";
/** BEGIN as each connection has it prepared. */
const PREPARED_BEGIN = "begin";
const NO_ROWS: pg.QueryResult = { command: "", rowCount: 0, oid: 0, fields: [], rows: [] };

class FirstStatement extends Query {
  #hasBegun = false;

  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: ConnectionInside): void {
    connection.bind({ portal: UNNAMED_PORTAL, statement: PREPARED_BEGIN, values: [] });
    connection.execute({ portal: UNNAMED_PORTAL, rows: 0 });
    super.prepare(connection);
  }

  /** The first word of completion is BEGIN's. */
  override handleCommandComplete(message: unknown, connection: ConnectionInside): void {
    if (this.#hasBegun) super.handleCommandComplete(message, connection);
    this.#hasBegun = true;
  }

  /** A connection on which not even BEGIN works is of no use. */
  override handleError(error: Error, connection: ConnectionInside): void {
    if (!this.#hasBegun) connection.stream.destroy();
    super.handleError(error, connection);
  }
}

/** For callers that say BEGIN, COMMIT and ROLLBACK in these words: Prisma's adapter and `poolDatabase`. */
export class LateBeginClient extends pg.Client {
  #canBegin = false;
  /** BEGIN was said and waits for the first statement. */
  #isDue = false;

  // pg overloads it in ten ways: what is not looked at here is passed on as it came.
  // oxlint-disable-next-line typescript/no-explicit-any
  override query(...given: any[]): any {
    const [config] = given as (string | pg.QueryConfig)[];
    const text = given.length === 1 ? (typeof config === "string" ? config : config?.text) : undefined;
    if (text === "BEGIN") return this.#begin();
    const pass = () => super.query(...(given as Parameters<pg.Client["query"]>));
    if (!this.#isDue) return pass();
    this.#isDue = false;
    if (text === "COMMIT" || text === "ROLLBACK") return Promise.resolve(NO_ROWS);
    if (text !== undefined && typeof config === "object" && !("submit" in config)) return this.#first(config);
    return super.query("BEGIN").then(pass); // several statements in one text cannot be prepared, nor what reads its answer itself
  }

  async #begin(): Promise<pg.QueryResult> {
    if (this.#canBegin) {
      this.#isDue = true;
      return NO_ROWS;
    }
    const begun = await super.query({ name: PREPARED_BEGIN, text: "BEGIN" });
    this.#canBegin = true;
    return begun;
  }

  async #first(config: pg.QueryConfig): Promise<pg.QueryResult> {
    try {
      return await new Promise((resolve, reject) => {
        const query = new FirstStatement(config);
        query.callback = (error, result) => (error === null ? resolve(result) : reject(error));
        super.query(query as unknown as pg.Submittable);
      });
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error); // one that leads to the caller, as pg's own do
      throw error;
    }
  }
}
