/** Whether a process answers where it says that it lives. Anything but 503 counts, a page that is not found too. */
export async function isLive(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.status !== 503;
  } catch {
    return false;
  }
}
