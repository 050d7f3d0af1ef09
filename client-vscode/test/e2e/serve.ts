/** A web server for directories, as plain as any. */

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png" };

export interface Served {
  /** Its address, without a slash at the end. */
  readonly address: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  /** What was put, by its path; null for what was deleted. */
  readonly put: ReadonlyMap<string, string | null>;
  close(): Promise<void>;
}

/**
 * Hands out the files of directories, each below its own path, and texts that are made for an address. What it does not know is
 * `application/octet-stream`.
 */
export async function serve(places: Readonly<Record<string, string>>, made: Readonly<Record<string, (address: string) => string>> = {}): Promise<Served> {
  const asked: string[] = [];
  const put = new Map<string, string | null>();
  const server: Server = createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    asked.push(url);
    if (request.method === "PUT" || request.method === "DELETE") {
      const isGone = request.method === "DELETE";
      let text = "";
      request.setEncoding("utf8").on("data", (part: string) => (text += part));
      request.on("end", () => {
        put.set(url, isGone ? null : text);
        response.writeHead(204).end();
      });
      return;
    }
    const page = made[url]?.(`http://${request.headers.host ?? ""}`);
    if (page !== undefined) {
      response.writeHead(200, { "Content-Type": TYPES[path.extname(url)] ?? "text/html; charset=utf-8" }).end(page);
      return;
    }
    const place = Object.keys(places).find((one) => url.startsWith(one)) ?? "";
    const file = path.join(places[place] ?? "/nowhere", path.normalize(url.slice(place.length)).replace(/\/?$/, (end) => (end === "/" ? "/index.html" : "")));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream", "Access-Control-Allow-Origin": "*" });
    createReadStream(file).pipe(response);
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, "localhost", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
  return {
    address: `http://localhost:${await promise}`,
    asked,
    put,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
