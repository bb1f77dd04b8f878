import type { Element, ElementContent, Root as Html } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Root } from 'mdast'
import { toHast } from 'mdast-util-to-hast'

import { REPORT_STYLE } from './usage-style.ts'
import { plainText } from '../domain/text/visible-text.ts'

/** A tree of Markdown as one HTML file. HTML within the Markdown is left out. */
export function markdownHtml(title: string, tree: Root): string {
  const body = toHast(tree)
  return htmlPage(title, 'children' in body ? (body.children as ElementContent[]) : [])
}

/** One HTML file that loads and runs nothing: its policy forbids scripts and every request. `style`: its one style sheet. */
export function htmlPage(title: string, body: ElementContent[], style = REPORT_STYLE): string {
  const page: Html = {
    type: 'root',
    children: [
      { type: 'doctype' },
      element('html', { lang: 'en' }, [
        element('head', {}, [
          element('meta', { charSet: 'utf-8' }, []),
          element('meta', { httpEquiv: ['Content-Security-Policy'], content: POLICY }, []),
          element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }, []),
          element('meta', { name: 'color-scheme', content: 'light dark' }, []),
          element('title', {}, [{ type: 'text', value: plainText(title.replaceAll(/\s+/gu, ' ')) }]),
          element('style', {}, [{ type: 'text', value: style }]),
        ]),
        element('body', {}, [element('main', {}, body.map(seen))]),
      ]),
    ],
  }
  return `${toHtml(page)}\n`
}

/** Writes that page piece by piece, from what `printHtml` made of its parts. */
export function* htmlPieces(title: string, body: Iterable<string>): Generator<string> {
  const page = htmlPage(title, [])
  const end = page.lastIndexOf('</main>')
  yield page.slice(0, end)
  yield* body
  yield page.slice(end)
}

/** A part of a page, as it is within the page. */
export function printHtml(part: ElementContent): string {
  return toHtml(seen(part))
}

/** Writes all invisible characters of a node by their names: a browser does not show them. */
function seen<T extends ElementContent>(node: T): T {
  if (node.type === 'text') return { ...node, value: plainText(node.value) }
  return 'children' in node ? { ...node, children: node.children.map(seen) } : node
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children }
}
