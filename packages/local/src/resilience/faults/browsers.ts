/**
 * Browsers with their tabs before the real routers: what they store, who is signed in in them, and answers that get lost.
 * Nothing of the network is there but what a test does to it.
 */
import { adminRouter, shopRouter } from "@tillstream/commerce";
import type { AdminRouter, ShopRouter } from "@tillstream/commerce";
import type { TestShop } from "@tillstream/commerce/testing";
import { publishAll } from "@tillstream/eventing";
import { createMemoryCache } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import { createHttpHandler } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { createClient } from "@tillstream/trpc/client";
import { createCommand, createIntentions, GUEST } from "@tillstream/trpc/commands/core";
import type { Command, CommandCall, IntentionStorage } from "@tillstream/trpc/commands/core";

type Clients = {
  readonly shop: ReturnType<typeof createClient<ShopRouter>>;
  readonly console: ReturnType<typeof createClient<AdminRouter>>;
};

export interface Tab extends Clients {
  /** The next answer gets lost on its way: the server has done what it was asked. */
  loseAnswer(): void;
  command<Input, Output>(
    name: string,
    send: (input: Input, call: CommandCall) => Promise<Output>,
  ): Command<Input, Output>;
}

export interface Browser {
  /** Signs in, or out with null. Pages that are open do not know. */
  become(user: SessionUser | null): void;
  /** A page that is opened now, for the user who is signed in. */
  tab(): Tab;
  /** Deletes what the browser stored. */
  clearStorage(): void;
}

export interface Servers extends AsyncDisposable {
  browser(user: SessionUser | null): Browser;
  /** All sessions end. */
  expireSessions(): void;
  flushCache(): void;
}

export function startServers(shop: TestShop): Servers {
  const sessions = new Map<string, SessionUser>();
  let remembered = createMemoryCache();
  const cache: Cache = {
    ...remembered,
    get: (key) => remembered.get(key),
    set: (key, value, seconds) => remembered.set(key, value, seconds),
    delete: (key) => remembered.delete(key),
  };
  /** Answers contain their event's position, so a relay must be running. */
  let relaying: Promise<unknown> = Promise.resolve();
  const hintOutbox = () => void (relaying = relaying.then(() => publishAll(shop.database)));
  const services = { ...shop.services, cache, hintOutbox };
  const sessionOf = async (headers: Headers) => sessions.get(headers.get("cookie")?.split("; ")[0] ?? "") ?? null;
  const handlers = {
    shop: createHttpHandler({ router: shopRouter, services, sessionOf }),
    console: createHttpHandler({ router: adminRouter, services, sessionOf }),
  };

  function browser(user: SessionUser | null): Browser {
    const stored = new Map<string, string>();
    const storage: IntentionStorage = {
      get length() {
        return stored.size;
      },
      key: (index) => [...stored.keys()][index] ?? null,
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    };
    let cookie: string | undefined;
    /** Of the guest's cart. */
    let cartCookie: string | undefined;
    let person: SessionUser | null = null;
    const become = (next: SessionUser | null) => {
      person = next;
      cookie = next === null ? undefined : shop.services.ids.next();
      if (next !== null && cookie !== undefined) sessions.set(cookie, next);
    };
    become(user);

    function tab(): Tab {
      let losses = 0;
      const through = (handle: (request: Request) => Promise<Response>) => async (url: string, init?: RequestInit) => {
        const headers = new Headers(init?.headers);
        const cookies = [cookie, cartCookie].filter((each) => each !== undefined);
        if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
        const answer = await handle(new Request(new URL(url, "http://shop.test"), { ...init, headers }));
        cartCookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cartCookie;
        if (losses === 0 || init?.method !== "POST") return answer;
        losses -= 1;
        throw new TypeError("network error");
      };
      const speaker = person?.id ?? GUEST;
      const intentions = createIntentions({
        storage: () => storage,
        exclusively: async (work) => work(),
        newKey: () => shop.services.ids.next(),
        now: () => new Date().toISOString(),
      });
      return {
        shop: createClient<ShopRouter>({ origin: "http://shop.test", fetch: through(handlers.shop) }),
        console: createClient<AdminRouter>({ origin: "http://console.test", fetch: through(handlers.console) }),
        loseAnswer: () => void (losses += 1),
        command: (name, send) => createCommand({ intentions, name: { person: speaker, name, subject: "" } }, { send }),
      };
    }
    return { become, tab, clearStorage: () => stored.clear() };
  }
  return {
    browser,
    expireSessions: () => sessions.clear(),
    [Symbol.asyncDispose]: async () => void (await relaying),
    flushCache: () => void (remembered = createMemoryCache()),
  };
}
