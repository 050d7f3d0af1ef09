/** Takes the picture of the playground anew, in docs/images. Needs pngquant; look at it before it is kept. */

import { execFileSync } from "node:child_process";
import path from "node:path";

import { serve } from "./serve.ts";
import { browse } from "./workbench.ts";

const DOCS = path.join(import.meta.dirname, "../../../docs");
const FILE = path.join(DOCS, "images/playground.png");

const served = await serve({ "/": `${DOCS}/playground/` });
const browser = await browse();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 620 }, deviceScaleFactor: 1.5 });
  await page.goto(`${served.address}/index.html`);
  await page.locator("#problems .fix", { hasText: "Accepted" }).first().waitFor();
  await page.locator(".cm-lintRange-warning").first().hover();
  await page.locator(".cm-tooltip-lint").waitFor();
  await page.screenshot({ path: FILE });
  execFileSync("pngquant", ["--force", "--strip", "--speed", "1", "--quality", "60-95", "--output", FILE, FILE]);
} finally {
  await browser.close();
  await served.close();
}
