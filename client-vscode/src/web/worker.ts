/** The server in a worker of a browser. It reads nothing but its own files, and is lent all others. */

import "./classic"; // before anything looks at what kind of worker this is

import { Host } from "../wasm/host";
import { LEFT, type Message } from "../wasm/messages";

declare const self: DedicatedWorkerGlobalScope;

const fetchPlainly = self.fetch.bind(self);
/** Many web servers do not know what WebAssembly is called. */
self.fetch = async (asked, options) => {
  const found = await fetchPlainly(asked, options);
  const url = asked instanceof Request ? asked.url : String(asked);
  return found.ok && url.endsWith(".wasm") ? new Response(found.body, { headers: { "Content-Type": "application/wasm" } }) : found;
};

const host = new Host({
  read: async (url) => {
    const found = await self.fetch(url);
    if (!found.ok) {
      throw new Error(`${url} cannot be read (${found.status})`);
    }
    return new Uint8Array(await found.arrayBuffer());
  },
  place: (url) => url,
  send: (message) => {
    self.postMessage(message);
  },
  leave: (code) => {
    self.postMessage({ jsonrpc: "2.0", method: LEFT, params: { code } });
    self.close();
  },
  prepare: () => undefined,
});
self.onmessage = ({ data }: MessageEvent<Message>) => {
  host.receive(data);
};
