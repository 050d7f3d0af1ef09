/** Makes elements. Whatever people wrote becomes text or the value of an attribute, never markup. */

export type Content = Node | string;
type Attributes = Readonly<Record<string, string | number>>;

export function html<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes, content: readonly Content[] = []): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, content);
}

export function svg(name: keyof SVGElementTagNameMap, attributes: Attributes, content: readonly Content[] = []): SVGElement {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, content);
}

function filled<T extends Element>(element: T, attributes: Attributes, content: readonly Content[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...content);
  return element;
}
