/** Begins the page: with the graph that stands in it, or, in VS Code, with what the extension sends. */

import { BY, type Choice, firstChoice, type Graph } from "./graph";
import type { FromPage, ToPage } from "./messages";
import { Page } from "./view";

interface VsCode {
  postMessage(message: FromPage): void;
  getState(): { readonly choice?: Choice } | undefined;
  setState(state: { readonly choice: Choice }): void;
}

declare function acquireVsCodeApi(): VsCode;

const root = document.querySelector<HTMLElement>("#page");
const given = document.querySelector("#graph");
if (root !== null && given !== null) {
  standAlone(root, JSON.parse(given.textContent) as Graph);
} else if (root !== null) {
  inEditor(root, acquireVsCodeApi());
}

function standAlone(root: HTMLElement, graph: Graph): void {
  const first = firstChoice(graph);
  const page = new Page(root, { ...first, by: BY.find((by) => by === root.dataset["by"]) ?? first.by }, { keep: () => undefined });
  page.show(graph);
  const named = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    const node = graph.nodes.find((one) => one.id === id);
    if (node !== undefined) {
      page.focus(node.uri);
    }
  };
  addEventListener("hashchange", named);
  named();
}

function inEditor(root: HTMLElement, editor: VsCode): void {
  root.classList.add("without-list");
  let page: Page | undefined;
  /** The record that is to be shown once there is a graph. */
  let wanted: Extract<ToPage, { readonly type: "select" }> | undefined;
  const select = (): void => {
    if (page === undefined || wanted === undefined) {
      return;
    }
    if (wanted.isNear && wanted.uri !== null) {
      page.focus(wanted.uri);
    } else {
      page.select(wanted.uri);
    }
    wanted = { ...wanted, isNear: false };
  };
  addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    if (data.type === "graph") {
      const kept = editor.getState()?.choice;
      page ??= new Page(root, kept ?? firstChoice(data.graph), {
        open: (uri) => {
          editor.postMessage({ type: "open", uri });
        },
        keep: (choice) => {
          editor.setState({ choice });
        },
      });
      page.show(data.graph);
    } else {
      wanted = data;
    }
    select();
  });
  editor.postMessage({ type: "ready" });
}
