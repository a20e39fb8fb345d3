/**
 * The role that the processes run as: it reads and writes the shop's rows, appends to history and audit, and can change
 * neither, nor say who may do what in the console, nor alter a table.
 */
import pg from "pg";

/** Tables to which the role only adds. */
const APPEND_ONLY = ["events", "event_log", "audit", "saga_actions"];
/** Bookkeeping of the schema, and which database this is. */
const READ_ONLY = ["_prisma_migrations", "database_identity"];
/** What a row of the audit says; its number and its time are the database's to say. */
const AUDIT_COLUMNS = ["actor", "action", "subject", "reason", "before", "after", "correlation_id"];
/** What the profile changes of a login, and a link in a mail. Its role is not among them; triggers keep new logins, and new addresses, to shoppers. */
const LOGIN_COLUMNS = ["name", "email", "email_verified", "updated_at"];
/** The schema of graphile-worker, which the role uses in full; graphile calls its inner functions as the caller. */
const JOB_SCHEMA = "graphile_worker";

const INSUFFICIENT_PRIVILEGE = "42501";
const WRONG_PASSWORD = "28P01";
/** Roles belong to the server, so that a starter on another database may win the race to create one. */
const ROLE_EXISTS = new Set(["42710", "23505"]);
/** Any constant; grants to one role from several starters at once would fail each other. */
const ROLE_LOCK = 7_145_120_712;

export interface AppRoleOptions {
  /** The owner's URL. */
  readonly url: string;
  readonly role: string;
  readonly password: string;
  /** For a command beside a system that may run under that role: a password other than ours stays, and the owner's URL is used. */
  readonly keepPassword?: boolean;
  /** Takes one line when the role cannot be had. */
  readonly log?: (line: string) => void;
}

const name = (identifier: string): string => pg.escapeIdentifier(identifier);

async function createRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  if (rowCount !== 0) return;
  await client
    .query(`CREATE ROLE ${name(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
    .catch((error: unknown) => {
      if (!ROLE_EXISTS.has(sqlState(error) ?? "")) throw error;
    });
}

const sqlState = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined);

async function signIn(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

/** A role that an earlier environment left may have another password, which its creator may change. Resolves to whether one can sign in. */
async function ensureSignIn(client: pg.Client, roleUrl: string, options: AppRoleOptions): Promise<boolean> {
  const { role, password, keepPassword = false } = options;
  try {
    await signIn(roleUrl);
  } catch (error) {
    if (sqlState(error) !== WRONG_PASSWORD) throw error;
    if (keepPassword) return false;
    await client.query(`ALTER ROLE ${name(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    await signIn(roleUrl);
  }
  return true;
}

async function grantShop(client: pg.Client, role: string): Promise<void> {
  const grantee = name(role);
  const { rows } = await client.query<{ database: string }>("SELECT current_database() AS database");
  const list = (identifiers: readonly string[]) => identifiers.map(name).join(", ");
  await client.query(`
    GRANT CONNECT, TEMPORARY ON DATABASE ${name(rows[0]?.database ?? "")} TO ${grantee};
    GRANT USAGE ON SCHEMA public TO ${grantee};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${grantee};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${grantee};
    GRANT USAGE ON SCHEMA rebuild TO ${grantee};
    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA rebuild TO ${grantee};
    REVOKE UPDATE, DELETE ON ${list(APPEND_ONLY)} FROM ${grantee};
    REVOKE INSERT, UPDATE, DELETE ON ${list(READ_ONLY)} FROM ${grantee};
    REVOKE INSERT ON audit FROM ${grantee};
    GRANT INSERT (${list(AUDIT_COLUMNS)}) ON audit TO ${grantee};
    REVOKE UPDATE ON auth_users FROM ${grantee};
    GRANT UPDATE (${list(LOGIN_COLUMNS)}) ON auth_users TO ${grantee};
  `);
}

/** Row level security is on for graphile's tables; without a policy the role would see none of their rows. */
async function grantJobs(client: pg.Client, role: string): Promise<void> {
  const schema = name(JOB_SCHEMA);
  const grantee = name(role);
  const { rows } = await client.query<{ table: string }>(
    `SELECT c.relname AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relrowsecurity`,
    [JOB_SCHEMA],
  );
  const policies = rows.map(({ table }) => {
    const target = `${schema}.${name(table)}`;
    return `DROP POLICY IF EXISTS ${grantee} ON ${target}; CREATE POLICY ${grantee} ON ${target} TO ${grantee} USING (true) WITH CHECK (true);`;
  });
  await client.query(`
    GRANT USAGE ON SCHEMA ${schema} TO ${grantee};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${grantee};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${grantee};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${grantee};
    REVOKE INSERT, UPDATE, DELETE ON ${schema}.migrations FROM ${grantee};
    ${policies.join("\n")}
  `);
}

async function grantAll(client: pg.Client, role: string): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [ROLE_LOCK]);
    await grantShop(client, role);
    const { rowCount: hasJobs } = await client.query("SELECT FROM pg_namespace WHERE nspname = $1", [JOB_SCHEMA]);
    if (hasJobs === 1) await grantJobs(client, role);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** The URL of the same database for another role. */
export function urlForRole(url: string, role: string, password: string): string {
  const target = new URL(url);
  target.username = encodeURIComponent(role);
  target.password = encodeURIComponent(password);
  return target.href;
}

/**
 * Creates the role where it can, and grants it what the processes need. Call after every migration: grants follow tables.
 * Resolves to the role's URL, or to undefined, with one notice where the owner may not make roles.
 */
export async function ensureAppRole(options: AppRoleOptions): Promise<string | undefined> {
  const { url, role, password, log } = options;
  const client = new pg.Client({ connectionString: url, application_name: "tillstream-migrate" });
  await client.connect();
  try {
    await createRole(client, role, password);
    await grantAll(client, role);
    const roleUrl = urlForRole(url, role, password);
    return (await ensureSignIn(client, roleUrl, options)) ? roleUrl : undefined;
  } catch (error) {
    if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    log?.(`the processes run as the database's owner: the role ${role} cannot be made (${(error as Error).message})`);
    return undefined;
  } finally {
    await client.end();
  }
}
