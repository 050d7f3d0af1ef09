/** The page: the drawing, what is chosen to be seen of it, and a table that says the same. */

import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform, zoomTransform } from "d3-zoom";

import { BY, type By, called, type Choice, connections, dated, type Edge, type Graph, groups, type Kind, KINDS, matches, NO_STATUS, type Node, said, saidFrom, several, state, visible, withShortLogs } from "./graph";
import { type Box, CARD, type Frame, layout, type Layout, type Line } from "./layout";
import { type Content, html, svg } from "./make";
import { wrapped } from "./wrap";

/** What the page asks of whoever shows it. */
export interface Host {
  /** Opens a record, where its link does not do so by itself. */
  open?(uri: string): void;
  /** Keeps what was chosen. */
  keep(choice: Choice): void;
}

/** From so many references on they are shown only of the record that is pointed at or chosen. */
const QUIET = 250;
const NAMES: Readonly<Record<By, string>> = { none: "nothing", status: "status", time: "year", area: "area", log: "log" };
const LINES: Readonly<Record<Kind, string>> = { supersedes: "supersedes", amends: "amends", relates: "relates to", refers: "refers to" };
const STEP = 1.3;
/** How small a drawing may be at which its cards are still read. */
const SMALLEST = 0.45;
/** How many records are named that stand to one in the same way. */
const NAMED = 12;
/** From so many lines between closed groups on they are faint unless they are pointed at. */
const CROWDED = 24;

export class Page {
  private graph: Graph = { nodes: [], edges: [] };
  private seen: Graph = { nodes: [], edges: [] };
  private laid: Layout | undefined;
  /** What the drawing was laid out of, so that it is not done anew for nothing. */
  private drawnOf = "";
  private selected: string | null = null;
  private readonly nodes = new Map<string, SVGElement>();
  private readonly edgesOf = new Map<Element, readonly Edge[]>();
  private readonly picture = svg("svg", { class: "drawing", role: "group", "aria-label": "Graph of the decision records" });
  private readonly scene = svg("g", {});
  private readonly zooming = zoom<SVGSVGElement, unknown>().scaleExtent([0.05, 3]);
  private readonly bar = html("div", { class: "bar" });
  private readonly search = html("input", { type: "search", placeholder: "Find", "aria-label": "Find records by number, title, status, date or area" });
  private readonly told = html("p", { class: "told", role: "status" });
  private readonly rows = html("tbody", {});
  private readonly list = html("section", { class: "list", "aria-label": "The same as a table" }, [
    html("table", {}, [html("thead", {}, [html("tr", {}, ["Record", "Status", "Date", "Connections"].map((name) => html("th", { scope: "col" }, [name])))]), this.rows]),
  ]);

  constructor(
    private readonly root: HTMLElement,
    private choice: Choice,
    private readonly host: Host,
  ) {
    this.picture.append(markers(), this.scene);
    const stage = html("section", { class: "stage", "aria-label": "Drawing" }, [this.picture, this.overlay()]);
    root.replaceChildren(html("header", {}, [html("h1", {}, [document.title]), this.bar, this.told]), html("main", {}, [stage, this.list]));
    this.zooming.on("zoom", ({ transform }: { transform: ZoomTransform }) => {
      this.scene.setAttribute("transform", transform.toString());
      this.picture.classList.toggle("far", transform.k < SMALLEST);
    });
    select(this.picture as unknown as SVGSVGElement).call(this.zooming).on("dblclick.zoom", null);
    this.search.addEventListener("input", () => {
      this.find();
    });
    this.search.addEventListener("keydown", (event) => {
      const first = event.key === "Enter" ? this.found()[0] : undefined;
      if (first !== undefined) {
        this.search.value = "";
        this.find();
        this.go(first.uri);
      }
    });
    document.addEventListener("keydown", (event) => {
      this.key(event);
    });
    new ResizeObserver(() => {
      this.choose(this.choice);
    }).observe(this.picture);
  }

  /** Shows this graph in place of the one before. */
  show(graph: Graph, choice: Choice = this.choice): void {
    this.graph = withShortLogs(graph);
    const isKnown = (uri: string | null): boolean => uri !== null && graph.nodes.some((node) => node.uri === uri);
    this.selected = isKnown(this.selected) ? this.selected : null;
    this.choose({ ...choice, focus: isKnown(choice.focus) ? choice.focus : null });
  }

  /** Marks a record as the one that people are at; where only what is near a record is shown, that is now this one. */
  select(uri: string | null, isFocused = false): void {
    const node = this.graph.nodes.find((one) => one.uri === uri);
    this.selected = node?.uri ?? null;
    if (node !== undefined && this.choice.focus !== null && this.choice.focus !== node.uri) {
      this.choose({ ...this.choice, focus: node.uri });
    }
    this.mark();
    const there = this.nodes.get(node?.uri ?? "");
    if (there !== undefined) {
      this.bring(this.laid?.cards.get(node?.uri ?? ""));
      this.rove(there);
      if (isFocused) {
        there.focus({ preventScroll: true });
      }
    }
  }

  /** Goes to a record, or, where that is in a group that is closed, to what is near it. */
  private go(uri: string): void {
    if (this.nodes.has(uri)) {
      this.select(uri, true);
    } else {
      this.focus(uri);
    }
  }

  /** Shows only what is near a record. */
  focus(uri: string): void {
    if (this.graph.nodes.some((node) => node.uri === uri)) {
      this.selected = uri;
      this.choose({ ...this.choice, focus: uri });
      this.nodes.get(uri)?.focus({ preventScroll: true });
    }
  }

  private choose(choice: Choice): void {
    this.choice = choice;
    this.host.keep(choice);
    this.seen = visible(this.graph, choice);
    const { width, height } = this.picture.getBoundingClientRect();
    const aspect = height === 0 ? undefined : Math.round((width / height) * 5) / 5;
    const of = JSON.stringify([choice, this.seen, aspect]);
    const isFramed = of !== this.drawnOf;
    if (isFramed) {
      this.drawnOf = of;
      const held = document.activeElement?.getAttribute("data-key") ?? null;
      this.laid = layout(this.seen, choice, aspect);
      this.draw(this.laid);
      this.controls();
      this.fit();
      this.take(held);
    }
    this.find();
    this.mark();
  }

  /** The buttons over the drawing. */
  private overlay(): HTMLElement {
    return html("fieldset", { class: "zoom" }, [
      legend("Zoom"),
      this.button("−", "out", "Smaller (−)", () => {
        this.by(1 / STEP);
      }),
      this.button("+", "in", "Larger (+)", () => {
        this.by(STEP);
      }),
      this.button("Fit", "fit", "Fit all of it (0)", () => {
        this.fit();
      }),
      this.button("Table", "table", "Show or hide the table", () => {
        this.root.classList.toggle("without-list");
        this.fit();
      }),
    ]);
  }

  /** Gives the focus back to what had it before it was made anew. */
  private take(held: string | null): void {
    if (held !== null) {
      this.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    }
  }

  // The drawing

  private draw(laid: Layout): void {
    const between = connections(this.seen);
    this.nodes.clear();
    const references = laid.lines.filter(({ edges }) => edges[0]?.kind === "refers").length;
    this.picture.classList.toggle("quiet", references > QUIET);
    const isCrowded = laid.lines.filter(({ isOfGroup }) => isOfGroup).length > CROWDED;
    this.picture.classList.toggle("crowded", isCrowded);
    this.edgesOf.clear();
    const byUri = new Map(this.seen.nodes.map((node) => [node.uri, node]));
    const names = (uri: string): string => byUri.get(uri)?.id ?? "";
    const cards = [...laid.cards].flatMap(([uri, box]) => {
      const node = byUri.get(uri);
      return node === undefined ? [] : [this.card(node, box, between.get(uri) ?? [], names)];
    });
    const { height } = laid.size;
    this.scene.replaceChildren(
      ...laid.frames.filter(({ name, isOpen }) => isOpen && (name !== "" || this.choice.view === "timeline")).map((frame) => this.frame(frame)),
      ...laid.ticks.flatMap(({ x, name }) => [
        svg("line", { class: "tick", x1: x, x2: x, y1: 18, y2: height }),
        svg("text", { class: "dim", x, y: 12 }, [name]),
      ]),
      ...laid.lines.map((line) => {
        const shape = drawn(line, names);
        this.edgesOf.set(shape, line.edges);
        return shape;
      }),
      ...laid.frames.filter(({ isOpen }) => !isOpen).map((frame) => this.frame(frame)),
      ...cards,
    );
    this.rove(this.nodes.get(this.selected ?? "") ?? this.scene.querySelector<SVGElement>(".node, .group[tabindex]"));
  }

  private card(node: Node, box: Box, edges: readonly Edge[], names: (uri: string) => string): SVGElement {
    const stands = edges.map((edge) => `${saidFrom(edge, node.uri)} ${names(edge.from === node.uri ? edge.to : edge.from)}`);
    const label = [called(node), state(node), dated(node), ...stands].filter((part) => part !== "").join(", ");
    const card = svg("a", { class: `node ${node.standing}`, href: node.uri, transform: `translate(${box.x} ${box.y})`, tabindex: -1, "data-key": node.uri }, [
      svg("title", {}, [label]),
      svg("rect", { class: "card", width: CARD.width, height: CARD.height, rx: 5 }),
      svg("path", { class: "band", d: `M5 0h-1a4 4 0 0 0 -4 4v${CARD.height - 8}a4 4 0 0 0 4 4h1z` }),
      ...wrapped(node.id, 100, 10.5, 1).map((line) => svg("text", { class: "id", x: 12, y: 17 }, [line])),
      svg("text", { class: "date", x: CARD.width - 8, y: 17, "text-anchor": "end" }, [dated(node)]),
      ...wrapped(node.title, CARD.width - 22, 12, 2).map((line, at) => svg("text", { class: "title", x: 12, y: 33 + 15 * at }, [line])),
      ...wrapped(state(node), CARD.width - 22, 10.5, 1).map((line) => svg("text", { class: "state", x: 12, y: CARD.height - 8 }, [line])),
    ]);
    card.addEventListener("click", (event) => {
      this.opened(event, node.uri);
    });
    card.addEventListener("focus", () => {
      this.selected = node.uri;
      this.rove(card);
      this.mark();
    });
    card.addEventListener("pointerenter", () => {
      this.mark([node.uri]);
    });
    card.addEventListener("pointerleave", () => {
      this.mark();
    });
    this.nodes.set(node.uri, card);
    return card;
  }

  private opened(event: Event, uri: string): void {
    if (this.host.open !== undefined) {
      event.preventDefault();
      event.stopPropagation(); // or VS Code follows the link in its own way as well
      this.host.open(uri);
    }
  }

  private frame(frame: Frame): SVGElement {
    const count = `${frame.nodes.length} record${frame.nodes.length === 1 ? "" : "s"}`;
    const place = `translate(${frame.x} ${frame.y})`;
    const lines = wrapped(frame.name, 100, 12.5, 4);
    if (this.choice.view === "timeline") {
      const names = lines.map((line, at) => svg("text", { class: "name", x: 10, y: 24 + 16 * at }, [line]));
      return svg("g", { class: "group lane", transform: place }, [svg("rect", { class: "frame", width: frame.width, height: frame.height, rx: 6 }), ...names]);
    }
    const [name = ""] = wrapped(frame.name, frame.width - 50, 12.5, 1);
    const counts = new Map<string, number>();
    frame.nodes.forEach((node) => counts.set(node.standing, (counts.get(node.standing) ?? 0) + 1));
    let at = 0;
    const share = (frame.width - 24) / frame.nodes.length;
    const bars = [...counts].map(([standing, many]) => {
      const bar = svg("rect", { class: `share ${standing}`, x: 12 + at * share, y: frame.height - 12, width: many * share, height: 4 });
      at += many;
      return bar;
    });
    const label = `${frame.name}, ${count}: ${[...counts].map(([standing, many]) => `${many} ${standing}`).join(", ")}`;
    const attributes = { class: `group ${frame.isOpen ? "open" : "closed"}`, transform: place, "data-key": `group ${frame.name}` };
    const button = { role: "button", tabindex: -1, "aria-expanded": String(frame.isOpen), "aria-label": label };
    const [x, y] = [14, frame.isOpen ? 21 : 22];
    const head = [
      svg("path", { class: "toggle", d: frame.isOpen ? `M${x - 4} ${y - 7}h9l-4.5 6z` : `M${x - 2} ${y - 9}v9l6 -4.5z` }),
      svg("text", { class: "name", x: x + 10, y }, [name]),
    ];
    const rect = svg("rect", { class: "frame", width: frame.width, height: frame.height, rx: 6 });
    const shape = frame.isOpen
      ? svg("g", { ...attributes, ...button }, [rect, svg("title", {}, [label]), ...head])
      : svg("g", { ...attributes, ...button }, [svg("title", {}, [label]), rect, ...head, svg("text", { class: "dim", x: x + 10, y: 37 }, [count]), ...bars]);
    shape.addEventListener("click", () => {
      this.toggle(frame.name);
    });
    shape.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.toggle(frame.name);
      }
    });
    const uris = frame.isOpen ? [] : frame.nodes.map(({ uri }) => uri);
    shape.addEventListener("focus", () => {
      this.rove(shape);
      this.mark(uris);
    });
    shape.addEventListener("blur", () => {
      this.mark();
    });
    shape.addEventListener("pointerenter", () => {
      this.mark(uris);
    });
    shape.addEventListener("pointerleave", () => {
      this.mark();
    });
    return shape;
  }

  private toggle(group: string): void {
    const { exceptions } = this.choice;
    const others = exceptions.filter((name) => name !== group);
    this.choose({ ...this.choice, exceptions: others.length < exceptions.length ? others : [...exceptions, group] });
    const frame = this.laid?.frames.find(({ name, isOpen }) => name === group && isOpen);
    if (frame !== undefined) {
      this.bring(frame);
    }
  }

  /** Of all that can be chosen in the drawing one alone is come to by the key Tab; arrows lead to the others. */
  private rove(to: SVGElement | null): void {
    this.scene.querySelectorAll("[tabindex='0']").forEach((one) => {
      one.setAttribute("tabindex", "-1");
    });
    to?.setAttribute("tabindex", "0");
  }

  /** Marks what is near the records that are pointed at, or else near the one that is chosen, and that one. */
  private mark(pointed: readonly string[] = []): void {
    const of = new Set(pointed.length > 0 ? pointed : [this.selected]);
    const near = new Set(this.seen.edges.filter(({ from, to }) => of.has(from) || of.has(to)).flatMap(({ from, to }) => [from, to]));
    this.picture.classList.toggle("marked", pointed.length > 0 && near.size > 0);
    this.nodes.forEach((card, own) => {
      card.classList.toggle("near", near.has(own));
      card.classList.toggle("selected", own === this.selected);
      card.classList.toggle("focused", own === this.choice.focus);
    });
    this.scene.querySelectorAll<SVGElement>(".line").forEach((line) => {
      line.classList.toggle("near", this.edgesOf.get(line)?.some(({ from, to }) => of.has(from) || of.has(to)) === true);
    });
    this.rows.querySelectorAll("tr").forEach((row) => {
      row.classList.toggle("selected", row.getAttribute("data-uri") === this.selected);
    });
  }

  // Moving about

  private zoomed(change: (transform: ZoomTransform) => ZoomTransform): void {
    const picture = select(this.picture as unknown as SVGSVGElement);
    this.zooming.transform(picture, change(zoomTransform(this.picture)));
  }

  /** Shows all of the drawing, or, where that is too small to be read, as much as can be. */
  private fit(): void {
    const { width, height } = this.picture.getBoundingClientRect();
    const size = this.laid?.size;
    if (size === undefined || width === 0 || height === 0) {
      return;
    }
    const margin = 28;
    const all = Math.min((width - 2 * margin) / (size.width || 1), (height - 2 * margin) / (size.height || 1), 1.2);
    const scale = Math.max(all, this.choice.view === "timeline" ? 0.6 : SMALLEST);
    const x = all < scale ? margin : (width - size.width * scale) / 2;
    const y = all < scale ? margin : (height - size.height * scale) / 2;
    this.zoomed(() => zoomIdentity.translate(x, y).scale(scale));
    this.picture.setAttribute("data-size", `${Math.ceil(size.width)} ${Math.ceil(size.height)}`);
    if (all < scale && this.selected !== null) {
      this.bring(this.laid?.cards.get(this.selected));
    }
  }

  /** Brings a card or group into sight, the beginning of one that is too large for that. */
  private bring(box: Box | undefined): void {
    const { width, height } = this.picture.getBoundingClientRect();
    if (box === undefined || width === 0) {
      return;
    }
    const margin = 20;
    this.zoomed((transform) => {
      const [left, top] = transform.apply([box.x, box.y]);
      const [right, bottom] = transform.apply([box.x + box.width, box.y + box.height]);
      if (left >= 0 && top >= 0 && right <= width && bottom <= height && transform.k >= SMALLEST) {
        return transform;
      }
      const scale = Math.max(transform.k, 0.7);
      const place = (start: number, length: number, room: number): number =>
        length * scale > room - 2 * margin ? margin - start * scale : room / 2 - (start + length / 2) * scale;
      return zoomIdentity.translate(place(box.x, box.width, width), place(box.y, box.height, height)).scale(scale);
    });
  }

  private by(factor: number): void {
    const { width, height } = this.picture.getBoundingClientRect();
    this.zoomed((transform) => {
      const scale = Math.min(3, Math.max(0.05, transform.k * factor));
      const [x, y] = transform.invert([width / 2, height / 2]);
      return zoomIdentity.translate(width / 2 - x * scale, height / 2 - y * scale).scale(scale);
    });
  }

  private key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === "Escape" && (this.search.value !== "" || this.choice.focus !== null)) {
      event.preventDefault();
      if (this.search.value !== "") {
        this.search.value = "";
        this.find();
      } else {
        this.choose({ ...this.choice, focus: null });
      }
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const keys: Record<string, () => void> = {
      "/": () => {
        this.search.focus();
      },
      f: () => {
        if (this.selected !== null) {
          this.focus(this.selected);
        }
      },
      "+": () => {
        this.by(STEP);
      },
      "=": () => {
        this.by(STEP);
      },
      "-": () => {
        this.by(1 / STEP);
      },
      "0": () => {
        this.fit();
      },
    };
    const arrows: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const arrow = this.scene.contains(event.target as Element) ? arrows[event.key] : undefined;
    const act = arrow === undefined ? keys[event.key] : (): void => {
      this.step(event.target as SVGElement, ...arrow);
    };
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  }

  /** Moves the focus to the nearest that lies in a direction. */
  private step(from: SVGElement, dx: number, dy: number): void {
    const middle = (one: Element): readonly [number, number] => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    };
    const [x, y] = middle(from);
    let best: { readonly one: SVGElement; readonly far: number } | undefined;
    this.scene.querySelectorAll<SVGElement>("[tabindex]").forEach((one) => {
      const [u, v] = middle(one);
      const along = (u - x) * dx + (v - y) * dy;
      const far = along + 2 * Math.abs((u - x) * dy + (v - y) * dx);
      if (one !== from && along > 4 && far < (best?.far ?? Infinity)) {
        best = { one, far };
      }
    });
    if (best !== undefined) {
      best.one.focus({ preventScroll: true });
      const key = best.one.getAttribute("data-key") ?? "";
      this.bring(this.laid?.cards.get(key) ?? this.laid?.frames.find(({ name }) => `group ${name}` === key));
    }
  }

  // What can be chosen

  private controls(): void {
    const { choice, graph } = this;
    const bys = BY.filter((by) => by === "none" || by === choice.by || several(graph, by));
    const kinds = KINDS.filter((kind) => graph.edges.some((edge) => edge.kind === kind));
    const statuses = [...groups(graph.nodes, "status").keys()].map((name) => [name === NO_STATUS ? "none" : name, name] as const);
    const focused = graph.nodes.find(({ uri }) => uri === choice.focus);
    this.bar.replaceChildren(
      html("fieldset", { class: "views" }, [
        legend("View"),
        ...(["graph", "timeline"] as const).map((view) => this.toggleButton(view === "graph" ? "Graph" : "Timeline", `view ${view}`, choice.view === view, () => ({ ...choice, view }))),
      ]),
      this.menu("Together by", choice.by, bys.map((by) => [by, NAMES[by]]), (by) => ({ ...choice, by: by as By, isClosed: choice.isClosed && by !== "none", exceptions: [] })),
      this.search,
      focused === undefined
        ? html("span", { class: "hint" }, ["Press F for what is near a record"])
        : html("fieldset", { class: "near" }, [
            legend("What is near a record"),
            html("span", { class: "hint" }, [`Near ${focused.id}`]),
            this.menu("Steps", String(choice.depth), ["1", "2", "3"].map((depth) => [depth, `${depth} step${depth === "1" ? "" : "s"}`]), (depth) => ({ ...choice, depth: Number(depth) })),
            this.button("Show all", "all", "Show all records again (Escape)", () => {
              this.choose({ ...this.choice, focus: null });
            }),
          ]),
      html("span", { class: "space" }),
      html("fieldset", { class: "kinds" }, [
        legend("Connections"),
        ...kinds.map((kind) =>
          this.check(LINES[kind], `kind ${kind}`, !choice.withoutKinds.includes(kind), sample(kind), (on) => ({ ...choice, withoutKinds: toggled(choice.withoutKinds, kind, on) })),
        ),
      ]),
      html("fieldset", { class: "statuses" }, [
        legend("Statuses"),
        ...statuses.map(([standing, name]) =>
          this.check(name, `status ${standing}`, !choice.withoutStatuses.includes(standing), swatch(standing), (on) => ({ ...choice, withoutStatuses: toggled(choice.withoutStatuses, standing, on) })),
        ),
      ]),
    );
  }

  private button(name: Content, key: string, title: string, act: () => void): HTMLElement {
    const button = html("button", { type: "button", title, "aria-label": title.replace(/ \(.*/, ""), "data-key": key }, [name]);
    button.addEventListener("click", act);
    return button;
  }

  private toggleButton(name: string, key: string, isOn: boolean, choice: () => Choice): HTMLElement {
    const button = html("button", { type: "button", "aria-pressed": String(isOn), "data-key": key }, [name]);
    button.addEventListener("click", () => {
      this.choose(choice());
    });
    return button;
  }

  private check(name: string, key: string, isOn: boolean, sign: Content, choice: (on: boolean) => Choice): HTMLElement {
    const box = html("input", { type: "checkbox", "data-key": key });
    box.checked = isOn;
    box.addEventListener("change", () => {
      this.choose(choice(box.checked));
    });
    return html("label", {}, [box, sign, name]);
  }

  private menu(name: string, chosen: string, offered: readonly (readonly [string, string])[], choice: (value: string) => Choice): HTMLElement {
    const menu = html("select", { "data-key": name }, offered.map(([value, text]) => html("option", { value }, [text])));
    menu.value = chosen;
    menu.addEventListener("change", () => {
      this.choose(choice(menu.value));
    });
    return html("label", {}, [`${name} `, menu]);
  }

  // The table, and what is looked for

  private found(): readonly Node[] {
    return this.seen.nodes.filter((node) => matches(node, this.search.value.trim()));
  }

  private find(): void {
    const query = this.search.value.trim();
    const found = this.found();
    const uris = new Set(found.map(({ uri }) => uri));
    this.picture.classList.toggle("searched", query !== "");
    this.nodes.forEach((card, uri) => card.classList.toggle("found", query !== "" && uris.has(uri)));
    const frames = new Map((this.laid?.frames ?? []).map((frame) => [`group ${frame.name}`, frame.nodes.some(({ uri }) => uris.has(uri))]));
    this.scene.querySelectorAll(".group").forEach((group) => {
      group.classList.toggle("found", query !== "" && frames.get(group.getAttribute("data-key") ?? "") === true);
    });
    const near = this.graph.nodes.find(({ uri }) => uri === this.choice.focus);
    const [shown, all] = [found.length, this.graph.nodes.length];
    this.told.textContent = `${shown === all ? all : `${shown} of ${all}`} record${all === 1 ? "" : "s"}${near === undefined ? "" : ` near ${near.id}`}${query === "" ? "" : ` with “${query}”`}`;
    const between = connections(this.seen);
    const names = new Map(this.graph.nodes.map((node) => [node.uri, node]));
    this.rows.replaceChildren(...found.map((node) => this.row(node, between.get(node.uri) ?? [], names)));
  }

  private row(node: Node, edges: readonly Edge[], names: ReadonlyMap<string, Node>): HTMLElement {
    const link = (to: Node, text: string): HTMLElement => {
      const anchor = html("a", { href: to.uri, title: called(to) }, [text]);
      anchor.addEventListener("click", (event) => {
        this.opened(event, to.uri);
      });
      return anchor;
    };
    const stands = new Map<string, { readonly kind: Kind; readonly others: Node[] }>();
    for (const edge of edges) {
      const other = names.get(edge.from === node.uri ? edge.to : edge.from);
      const how = saidFrom(edge, node.uri);
      const known = stands.get(how) ?? { kind: edge.kind, others: [] };
      stands.set(how, known);
      known.others.push(...(other === undefined ? [] : [other]));
    }
    const told = [...stands].map(([how, { kind, others }]) => {
      const links = others.slice(0, NAMED).flatMap((other, at): Content[] => [at === 0 ? " " : ", ", link(other, other.id)]);
      return html("span", { class: kind }, [how, ...links, others.length > NAMED ? ` and ${others.length - NAMED} more` : ""]);
    });
    const near = this.button(target(), `near ${node.uri}`, `What is near ${node.id}`, () => {
      this.focus(node.uri);
    });
    return html("tr", { "data-uri": node.uri, class: node.standing }, [
      html("th", { scope: "row" }, [near, link(node, called(node))]),
      html("td", { class: "state" }, [state(node)]),
      html("td", {}, [dated(node)]),
      html("td", { class: "stands" }, told),
    ]);
  }
}

/** The sign for what is near a record. */
function target(): Content {
  const lines = [svg("circle", { cx: 6, cy: 6, r: 3.5 }), svg("path", { d: "M6 0v4M6 8v4M0 6h4M8 6h4" })];
  return svg("svg", { class: "sign", width: 12, height: 12, "aria-hidden": "true" }, lines);
}

function legend(name: string): HTMLElement {
  return html("legend", {}, [name]);
}

function toggled<T>(without: readonly T[], one: T, isOn: boolean): readonly T[] {
  return isOn ? without.filter((other) => other !== one) : [...without, one];
}

/** How lines of a kind look. */
function sample(kind: Kind): Content {
  return svg("svg", { class: "sample", width: 26, height: 10, "aria-hidden": "true" }, [svg("path", { class: `line ${kind}`, d: "M1 5h22", ...tip(kind) })]);
}

function swatch(standing: string): Content {
  return svg("svg", { class: `sample ${standing}`, width: 8, height: 10, "aria-hidden": "true" }, [svg("rect", { class: "band", width: 5, height: 10, rx: 2 })]);
}

function tip(kind: Kind): Record<string, string> {
  return kind === "relates" ? {} : { "marker-end": `url(#tip-${kind})` };
}

function markers(): SVGElement {
  const shapes = { supersedes: "M0 0 9 4.5 0 9z", amends: "M1 1 8 4.5 1 8z", refers: "M2 2 8 4.5 2 7z" };
  const size = { viewBox: "0 0 9 9", refX: 8, refY: 4.5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" };
  return svg("defs", {}, Object.entries(shapes).map(([kind, d]) => svg("marker", { id: `tip-${kind}`, ...size }, [svg("path", { class: `tip-${kind}`, d })])));
}

function drawn({ edges, path, isOfGroup }: Line, names: (uri: string) => string): SVGElement {
  const [first] = edges;
  const kind = first?.kind ?? "refers";
  const text = edges.slice(0, 8).map((edge) => `${names(edge.from)} ${said(edge)} ${names(edge.to)}${edge.evidence === "stated" ? ", by a sentence in the text" : ""}`);
  const title = edges.length > 8 ? [...text, `and ${edges.length - 8} more`] : text;
  const width = edges.length > 1 ? { "stroke-width": Math.min(6, 1.2 + Math.log2(edges.length)) } : {};
  return svg("path", { class: `line ${kind}${isOfGroup ? " of-group" : ""}`, d: path, ...tip(kind), ...width }, [svg("title", {}, [title.join("\n")])]);
}
