/** The whole statement as a file, page by page, so that its length needs no memory. */
import { formatMinor } from "../../../../account/format-minor.ts";
import { csvLine } from "../../../../account/csv.ts";
import { statementWords } from "../../../../account/statement-words.ts";
import type { Outputs } from "../../../../shop/trpc.ts";
import { ask, currentUser } from "../../../../server/shop.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PAGE_LINES = 200;
const HEAD = ["Time (UTC)", "What", "Amount", "Balance", "Currency", "Order", "Event"];

type ReadPage = (cursor: string | undefined) => Promise<Outputs["account"]["statement"]>;

async function* lines(readPage: ReadPage): AsyncGenerator<string> {
  yield csvLine(HEAD);
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    for (const { at, type, amount, balance, orderId, eventId } of page.items) {
      const figures = [formatMinor(amount), formatMinor(balance), amount.currency];
      yield csvLine([at, statementWords(type), ...figures, orderId ?? "", eventId]);
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
  const parts = lines(await pageReader());
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="statement.csv"',
    "cache-control": "no-store",
  };
  return new Response(body, { headers });
}
