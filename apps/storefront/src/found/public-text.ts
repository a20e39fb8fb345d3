/** A text for programs that is the same for everybody: any cache on the way may keep it for an hour. */
const KEPT_SECONDS = 3_600;

export function publicText(type: string, body: string): Response {
  const cacheControl = `public, max-age=${KEPT_SECONDS}, stale-while-revalidate=${KEPT_SECONDS}`;
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8`, "cache-control": cacheControl } });
}
