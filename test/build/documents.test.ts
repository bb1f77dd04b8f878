import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { DOCUMENT_PAGES } from '../../build/document-pages.mjs'
import { toPage, toSlug } from '../../build/documents.mjs'

const ROOT = resolve(import.meta.dirname, '../..')

type Properties = Readonly<Partial<Record<'id' | 'topic' | 'file', string>>>

/** The properties of every element of a page, at any depth. */
function listNodes(value: unknown): readonly Properties[] {
  if (Array.isArray(value)) return value.flatMap(listNodes)
  return typeof value === 'object' && value !== null ? [value] : []
}

const PAGES = DOCUMENT_PAGES.map((name: string) => ({
  name,
  nodes: listNodes(toPage(name, readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8')).tree),
}))

describe('the documents of the window', () => {
  it('lead only to anchors that exist', () => {
    const anchors = new Set(
      PAGES.flatMap(({ name, nodes }) => [name, ...nodes.flatMap(({ id }) => (id ? [`${name}#${id}`] : []))]),
    )
    const dead = PAGES.flatMap(({ name, nodes }) =>
      nodes.flatMap(({ topic }) => (topic && !anchors.has(topic) ? [`docs/${name}.md: ${topic}`] : [])),
    )
    expect(dead).toEqual([])
    expect(anchors.size).toBeGreaterThan(300)
  })

  it('have a picture in both colour schemes wherever they show one', () => {
    const files = PAGES.flatMap(({ nodes }) => nodes.flatMap(({ file }) => file ?? []))
    expect(files.length).toBeGreaterThan(4)
    for (const file of files)
      for (const scheme of ['light', 'dark']) {
        const picture = readFileSync(join(ROOT, 'docs/pictures', `${file}-${scheme}.png`))
        expect(picture.subarray(1, 4).toString()).toBe('PNG')
      }
  })

  it('make anchors as GitHub does', () => {
    expect(toSlug('5. Find keys that are due, and rotate one')).toBe('5-find-keys-that-are-due-and-rotate-one')
    expect(toSlug('Findings (days)')).toBe('findings-days')
    expect(toSlug('Used of agreed, USD')).toBe('used-of-agreed-usd')
  })

  it('give a term of a list its own anchor: its code, or its heading and its words', () => {
    const { tree } = toPage(
      'lists',
      '# Lists\n\n## Keys\n\n- **Due in**: the distance.\n- **Age** (`ageDays`): days.\n- plain\n',
    )
    expect(listNodes(tree).flatMap(({ id }) => id ?? [])).toEqual(['keys', 'keys-due-in', 'ageDays'])
  })

  it('may have a picture as an entry of a list', () => {
    const { tree } = toPage('guide', '# A\n\n- ![Keys](pictures/keys-light.png)\n')
    expect(tree).toEqual([['ul', {}, [['li', {}, [['img', { file: 'keys', alt: 'Keys' }, []]]]]]])
  })

  it.each([
    ['HTML', '# A\n\n<img src=x onerror=alert(1)>\n', 'html'],
    ['HTML in a sentence', '# A\n\nText <b>bold</b>.\n', 'html'],
    ['a picture from elsewhere', '# A\n\n![x](https://example.com/x.png)\n', 'picture'],
    ['a picture inside a sentence', '# A\n\nText ![x](pictures/a-light.png).\n', 'image'],
    ['a picture without a text', '# A\n\n![](pictures/a-light.png)\n', 'picture'],
    ['two headings with one anchor', '# A\n\n## B\n\n## B\n', 'twice'],
    ['no title', 'Text.\n', 'title'],
  ])('are refused with %s', (_, markdown, why) => {
    expect(() => toPage('guide', markdown)).toThrow(why)
  })

  it('turn links to other places into text, and none into an address that a click could follow', () => {
    const { tree } = toPage(
      'guide',
      '# A\n\n[a](javascript:alert(1)) [b](https://example.com) [c](../README.md) [d](data:text/html,x) [e](plan.md#drift) [f](#sync)\n',
    )
    expect(tree).toEqual([
      [
        'p',
        {},
        [
          ['span', {}, ['a']],
          ' ',
          ['span', {}, ['b', ' (https://example.com)']],
          ' ',
          ['span', {}, ['c']],
          ' ',
          ['span', {}, ['d']],
          ' ',
          ['a', { topic: 'plan#drift' }, ['e']],
          ' ',
          ['a', { topic: 'guide#sync' }, ['f']],
        ],
      ],
    ])
  })
})
