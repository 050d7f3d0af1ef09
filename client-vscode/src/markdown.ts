/** Bare references in Markdown's preview: links with the record's title and status, struck through if it is superseded. */

import type MarkdownIt from "markdown-it";

import type { Mention } from "./protocol";
import { named } from "./state";

/** A mention with the link that leads to its record, relative to the document. */
export interface LinkedMention extends Mention {
  readonly href: string;
}

/** The mentions of the document that is being rendered; `env` is what the preview passes to its renderer. */
export type Lookup = (env: unknown) => readonly LinkedMention[];

type Escape = (text: string) => string;

/** A markdown-it plug-in. It works while rendering, since the preview tells only then which document it renders. */
export function mentionLinks(md: MarkdownIt, lookup: Lookup): MarkdownIt {
  const escape: Escape = (text) => md.utils.escapeHtml(text);
  md.renderer.rules.text = (tokens, index, _options, env: unknown) => {
    const text = tokens[index]?.content ?? "";
    const mentions = isInLink(tokens, index) ? [] : lookup(env);
    if (mentions.length === 0) {
      return escape(text);
    }
    const known = new Map(mentions.map((mention) => [mention.text, mention]));
    return text
      .split(pattern([...known.keys()]))
      .map((part) => {
        const mention = known.get(part);
        return mention === undefined ? escape(part) : link(mention, escape);
      })
      .join("");
  };
  return md;
}

function link(mention: LinkedMention, escape: Escape): string {
  const href = escape(mention.href);
  const name = escape(mention.text);
  const isOutdated = mention.superseded || mention.deprecated;
  return `<a href="${href}" data-href="${href}" title="${escape(tooltip(mention))}">${isOutdated ? `<s>${name}</s>` : name}</a>`;
}

/** What is shown on hovering: “ADR-001: Keep orders in MySQL (superseded)”. */
function tooltip(mention: Mention): string {
  const state = mention.superseded ? "superseded" : mention.status;
  return state === null ? named(mention) : `${named(mention)} (${state})`;
}

/** Finds the texts as whole words, and splits at them so that they are parts, too. */
function pattern(texts: readonly string[]): RegExp {
  const longestFirst = [...texts].sort((one, other) => other.length - one.length).map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(${longestFirst.join("|")})(?![\\p{L}\\p{N}_])`, "u");
}

function isInLink(tokens: readonly MarkdownIt.Token[], index: number): boolean {
  const before = tokens.slice(0, index).map((token) => token.type);
  return before.lastIndexOf("link_open") > before.lastIndexOf("link_close");
}
