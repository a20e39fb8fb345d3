/** The process in which all that listens is served, as a test sees it. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestDatabase } from "@tillstream/db/testing";
import { limitSettings } from "@tillstream/trpc/settings";
import { childEnv } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

const START_MS = 60_000;
/** No caller is refused for asking often. */
const OFTEN = "900000/0.1s";

/** Of those who write to the registry. */
export const REGISTRY_LOGIN = "unkind:a password of the tests";

export interface Urls {
  readonly shop: string;
  readonly console: string;
  readonly worker: string;
  readonly gateway: string;
}

export interface Weight {
  /** Of the heap that is in use, after a collection. */
  readonly bytes: number;
}

export type ServerMessage = Urls | Weight;

export interface UnkindServer extends AsyncDisposable {
  readonly urls: Urls;
  weigh(): Promise<number>;
}

export async function startUnkindServer(
  { url, appUrl }: Pick<TestDatabase, "url" | "appUrl">,
  redisUrl: string | undefined,
): Promise<UnkindServer> {
  const folder = temporaryFolder("unkind");
  const child = fork(join(import.meta.dirname, "server-process.ts"), [join(folder, "ledger.sqlite")], {
    cwd: REPOSITORY_ROOT,
    execArgv: ["--expose-gc"],
    env: childEnv({
      DATABASE_URL: url,
      APP_DATABASE_URL: appUrl,
      REDIS_URL: redisUrl,
      LOG_LEVEL: "error",
      INTERNAL_METRICS: "true",
      ...Object.fromEntries(Object.keys(limitSettings).map((name) => [name, OFTEN])),
      LIMIT_CONNECTIONS: "100000",
      LIMIT_LIVE_PAGES: "100000",
      TRUSTED_PROXIES: undefined,
      // With a mail, the answer to a sign-up is held back on purpose.
      SIGN_UP_CONFIRMATION: "none",
    }),
  });
  const heard = async (ms?: number) => {
    const [message] = await once(child, "message", ms === undefined ? {} : { signal: AbortSignal.timeout(ms) });
    return message as ServerMessage; // our own process sends nothing else
  };
  const urls = (await heard(START_MS)) as Urls; // the first that it sends
  return {
    urls,
    async weigh() {
      const answer = heard();
      child.send("weigh");
      return ((await answer) as Weight).bytes; // all that it sends when it is asked
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
