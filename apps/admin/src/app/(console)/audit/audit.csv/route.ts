/** What the filters of the address let through, all of it, as a file. */
import { adminRouter } from "@tillstream/commerce";
import { csvDownload } from "@tillstream/runtime";
import { createCallerFactory, createContext } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { listInput, loadAuditFilters } from "../../../../audit/filters.ts";
import { server, sessionOf } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PAGE_ROWS = 200;
const HEAD = ["Time (UTC)", "Actor", "Name", "Action", "Subject", "Reason", "Before", "After", "Correlation id"];
const createCaller = createCallerFactory(adminRouter);

export async function GET({ headers, url }: Request): Promise<Response> {
  const { services } = server();
  const { audit } = createCaller(await createContext(services, sessionOf, headers, services.ids.next()));
  const filters = { ...listInput(loadAuditFilters(new URL(url).searchParams)), limit: PAGE_ROWS };
  const readPage = (cursor: string | undefined) => audit.list({ ...filters, cursor });
  try {
    return csvDownload("audit.csv", lines(await readPage(undefined), readPage));
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return new Response(error.message, { status: getHTTPStatusCodeFromError(error) });
  }
}

type Page = Awaited<ReturnType<ReturnType<typeof createCaller>["audit"]["list"]>>;

async function* lines(first: Page, readPage: (cursor: string) => Promise<Page>): AsyncGenerator<readonly string[]> {
  yield HEAD;
  for (let page = first; ; page = await readPage(page.nextCursor)) {
    for (const { at, actor, actorName, action, subject, reason, before, after, correlationId } of page.items) {
      const states = [before, after].map((state) => (state === null ? "" : JSON.stringify(state)));
      yield [at, actor, actorName ?? "", action, subject, reason, ...states, correlationId];
    }
    if (page.nextCursor === null) return;
  }
}
