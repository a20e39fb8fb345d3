/** What the filters of a list let through, all of it, as a file: `orders.csv`, `orders.json`. */
import { csvDownload, jsonDownload } from "@tillstream/runtime";
import { createContext } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { createCaller } from "../../../../exports/caller.ts";
import { UnreadableFilter } from "../../../../exports/exported.ts";
import { openExport } from "../../../../exports/lists.ts";
import { server, sessionOf } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET({ headers, url }: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  const file = pathname.split("/").at(-1) ?? "";
  const [name = "", format, ...rest] = file.split(".");
  if ((format !== "csv" && format !== "json") || rest.length > 0) return unknown(file);
  const { services } = server();
  const ask = createCaller(await createContext(services, sessionOf, headers, services.ids.next()));
  try {
    const list = await openExport(name, ask, searchParams);
    if (list === undefined) return unknown(file);
    return format === "csv" ? csvDownload(file, list.lines()) : jsonDownload(file, list.items());
  } catch (error) {
    // What the address says: everything else is the procedure's to refuse.
    if (error instanceof UnreadableFilter)
      return Response.json({ message: error.message, fields: error.fields }, { status: 400 });
    if (!(error instanceof TRPCError)) throw error;
    return refused(error.message, getHTTPStatusCodeFromError(error));
  }
}

const refused = (message: string, status: number) => Response.json({ message }, { status });
const unknown = (file: string) => refused(`The list ${file} does not exist.`, 404);
