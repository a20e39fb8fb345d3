/** Bodies that begin and never end, such as keep a server's connections. */
import { connect } from "node:net";
import { text } from "node:stream/consumers";

const TRICKLE_MS = 500;

/** Sends a byte now and then until the server ends the connection. Resolves to whatever it answered. */
export async function trickle(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const { hostname, port, pathname, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const sent = { host, "content-type": "application/json", "transfer-encoding": "chunked", ...headers };
  const head = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${pathname} HTTP/1.1\r\n${head.join("")}\r\n`);
  const timer = setInterval(() => socket.writable && socket.write("1\r\n \r\n"), TRICKLE_MS);
  try {
    return await text(socket);
  } finally {
    clearInterval(timer);
    socket.destroy();
  }
}
