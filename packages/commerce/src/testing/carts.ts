/** A browser that holds a cart, as far as the server can tell: it keeps the cookie that it is given, and may sign in. */
import { createCallerFactory } from "@tillstream/trpc";
import type { Context, SessionUser } from "@tillstream/trpc";
import { shopRouter } from "../routers.ts";
import type { TestShop } from "./index.ts";

const createCaller = createCallerFactory(shopRouter);

export interface TestBrowser {
  user: SessionUser | null;
  /** A request of this browser. */
  context(overrides?: Partial<Context>): Context & { idempotencyKey: string };
  /** The shop as this browser calls it; each command with a key of its own. */
  shop(overrides?: Partial<Context>): ReturnType<typeof createCaller>;
}

export function testBrowser(shop: TestShop, user: SessionUser | null = null): TestBrowser {
  const answers: Headers[] = [];
  const cookie = () =>
    answers
      .flatMap((headers) => headers.getSetCookie())
      .at(-1)
      ?.split(";")[0];
  const browser: TestBrowser = {
    user,
    context(overrides = {}) {
      const kept = cookie();
      const requestHeaders = new Headers(kept === undefined ? {} : { cookie: kept });
      const responseHeaders = new Headers();
      answers.push(responseHeaders);
      return shop.context({ user: browser.user, requestHeaders, responseHeaders, ...overrides });
    },
    shop: (overrides) => createCaller(browser.context(overrides)),
  };
  return browser;
}
