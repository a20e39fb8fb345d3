/** Posts JSON. Throws unless the answer is 2xx and comes in time. */
const TIMEOUT_MS = 5_000;

export async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "error",
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
}
