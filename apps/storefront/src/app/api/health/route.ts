/** Whether this process can work, and which dependency is away if not. */
import { server } from "../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const report = await server().health();
  const init = { status: report.status === "down" ? 503 : 200, headers: { "cache-control": "no-store" } };
  return Response.json(report, init);
}
