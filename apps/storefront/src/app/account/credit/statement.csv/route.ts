/** The whole statement as a file, page by page, so that its length needs no memory. */
import { csvDownload } from "@tillstream/runtime";
import { formatMinor } from "../../../../account/format-minor.ts";
import { statementWords } from "../../../../account/statement-words.ts";
import type { Outputs } from "../../../../shop/trpc.ts";
import { ask, currentUser } from "../../../../server/shop.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PAGE_LINES = 200;
const HEAD = ["Time (UTC)", "What", "Amount", "Balance", "Currency", "Order", "Event"];

type ReadPage = (cursor: string | undefined) => Promise<Outputs["account"]["statement"]>;

async function* lines(readPage: ReadPage): AsyncGenerator<readonly string[]> {
  yield HEAD;
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    for (const { at, type, amount, balance, orderId, eventId } of page.items) {
      const figures = [formatMinor(amount), formatMinor(balance), amount.currency];
      yield [at, statementWords(type), ...figures, orderId ?? "", eventId];
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Reads as the visitor of this request, also after the request's own scope is over. */
function pageReader(): Promise<ReadPage> {
  return ask(
    async (shop) => (cursor) => shop.account.statement({ limit: PAGE_LINES, ...(cursor !== undefined && { cursor }) }),
  );
}

export async function GET(): Promise<Response> {
  if ((await currentUser()) === null) return new Response("Sign in to download your statement.", { status: 401 });
  return csvDownload("statement.csv", lines(await pageReader()));
}
