import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'

import { readTableRows } from '../../../electron/service/files-in/table-rows.ts'
import {
  escapedCell,
  markdownCell,
  markdownHeading,
  markdownPerson,
  simpleCell,
} from '../../../shared/report/markdown-text.ts'
import { personCell, readPersonCell } from '../../../shared/domain/text/register-cells.ts'
import { INVISIBLE, visibleText } from '../../../shared/domain/text/visible-text.ts'
import { hostileText as anyText } from './hostile-text.ts'
import { drillRuns } from '../../drills/drill.ts'

interface Node {
  readonly type: string
  readonly value?: string
  readonly url?: string
  readonly children?: readonly Node[]
}

function toText(node: Node): string {
  return node.value ?? (node.children ?? []).map(toText).join('')
}

function parse(markdown: string): Node {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

/** The cells of the only table in a document. */
function readTable(markdown: string): string[][] {
  const tree = parse(markdown)
  expect(tree.children).toHaveLength(1)
  const table = tree.children?.[0]
  expect(table?.type).toBe('table')
  return (table?.children ?? []).map((row) => (row.children ?? []).map(toText))
}

describe('a Markdown cell', () => {
  test('is read back as the exact text, whatever it contains', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const markdown = `| A | B |\n|---|---|\n| ${markdownCell(a)} | ${markdownCell(b)} |\n`
        expect(readTable(markdown)[1]).toEqual([visibleText(a), visibleText(b)])
      }),
      drillRuns('markdown-cells'),
    )
  })

  test.each(['\u200D', 'a\u200D', 'a\u200Cb', '\uFE0F', 'a\u180B\u180B'])(
    'names a joiner or selector that is out of place, also on the fast path (%j)',
    (text) => {
      expect(simpleCell(text)).toBeNull()
      expect(markdownCell(text)).toMatch(/<U\+/u)
    },
  )

  test('stays on one line, without a control character or a bidi mark', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = markdownCell(text)
        // oxlint-disable-next-line no-control-regex -- it is what must not be there
        expect(cell).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/u)
        for (const character of INVISIBLE) expect(cell.includes(character)).toBe(false)
      }),
      drillRuns('markdown-cells'),
    )
  })

  test('is what the library writes, also on the fast path', () => {
    let fast = 0
    const runs = drillRuns('markdown-cells')
    fc.assert(
      fc.property(anyText, (text) => {
        const simple = simpleCell(text)
        if (simple === null) return
        fast += 1
        expect(simple).toBe(escapedCell(text))
        // Text in which more is escaped than the library would.
        if (text === '' || /www\.|<(?![!/?a-z])/iu.test(text)) return
        const table = toMarkdown(
          {
            type: 'table',
            children: ['H', text].map((value) => ({
              type: 'tableRow',
              children: [{ type: 'tableCell', children: [{ type: 'text', value }] }],
            })),
          },
          { extensions: [gfmToMarkdown({ tablePipeAlign: false })] },
        )
        expect(table.split('\n')[2]).toBe(`| ${simple} |`)
      }),
      runs,
    )
    expect(fast).toBeGreaterThan(runs.numRuns / 10)
  })

  test.each([
    ['Jane Smith <jane@acme.example>', String.raw`Jane Smith \<jane\@acme.example>`],
    ['key_abc_1', 'key_abc_1'],
    ['a|b', String.raw`a\|b`],
    ['two\nlines', 'two&#xA;lines'],
    ['\u202Eevil', '&#x202E;evil'],
    ['\x1b[31mred', String.raw`␛\[31mred`],
    [' padded ', '&#x20;padded&#x20;'],
  ])('writes %j as %s', (text, cell) => {
    expect(markdownCell(text)).toBe(cell)
  })

  test('uses the fast path for typical texts of registers', () => {
    for (const text of [
      'Jane Smith',
      'Zoë <zoe.w@acme.example>',
      'ChatBot, Analytics',
      'sk-proj-xxx',
      '2025-01-01',
      '-',
    ]) {
      expect(simpleCell(text)).not.toBeNull()
    }
  })
})

describe('the Markdown cell of a person', () => {
  const address = fc.oneof(
    fc.emailAddress(),
    fc.stringMatching(/^[\w.+-]{1,8}@[\w-]{1,6}(?:\.[\w-]{1,6}){0,2}$/u),
    anyText,
  )
  const findLinks = (cell: string): string[] => {
    const links: string[] = []
    const collect = (node: Node): void => {
      if (node.type === 'link' || node.type === 'html' || node.type === 'image') links.push(node.url ?? node.type)
      node.children?.forEach(collect)
    }
    collect(parse(`| A |\n|---|\n| ${cell} |\n`))
    return links
  }
  const written = fc.tuple(fc.option(anyText), address).map(([name, email]) => personCell(name, email))

  test('is read back as the exact text by the importer, and shows it to any reader, whatever name and address contain', () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const row = `| ${markdownPerson(a)} | ${markdownPerson(b)} |`
        const shown = [a, b].map((text) => visibleText(text).trim())
        const cells = readTableRows([{ line: 1, text: row }]).rows[0]?.cells ?? []
        expect([...cells, '', ''].slice(0, 2).map((cell) => cell.trim())).toEqual(shown)
        const bare = (text: string): string => text.replaceAll(/[<>]/gu, '').trim()
        expect(readTable(`| A | B |\n|---|---|\n${row}\n`)[1]?.map(bare)).toEqual(shown.map(bare))
      }),
      drillRuns('markdown-cells'),
    )
  })

  test('links to nothing but its address and what the escaped text links to, and contains no HTML', () => {
    fc.assert(
      fc.property(written, (text) => {
        const own = findLinks(markdownPerson(text))
        const escaped = findLinks(markdownCell(text))
        const shown = `mailto:${readPersonCell(text).email}`
        expect(own.filter((link) => link !== shown && !escaped.includes(link))).toEqual([])
      }),
      drillRuns('markdown-cells'),
    )
  })

  test.each([
    ['Jane Smith <u00@kestrel.example>', 'Jane Smith <u00@kestrel.example>'],
    ['jane.smith+ai@acme-corp.example', 'jane.smith+ai@acme-corp.example'],
    ['[x](http://evil.example) <a_b@acme.example>', String.raw`\[x]\(http\://evil.example) <a_b@acme.example>`],
    ['Jane <javascript:x@acme.example>', String.raw`Jane \<javascript:x\@acme.example>`],
    ['<b>Jane</b> <jane@acme.example>', String.raw`\<b>Jane\</b> <jane@acme.example>`],
  ])('writes %j as %s', (text, cell) => {
    expect(markdownPerson(text)).toBe(cell)
  })
})

describe('a Markdown heading', () => {
  test('contains its text on one line', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(2 as const, 3 as const), (text, depth) => {
        const heading = markdownHeading(depth, `Client ${text}`)
        expect(heading).not.toMatch(/[\r\n]/u)
        const tree = parse(`${heading}\n`)
        expect(tree.children).toHaveLength(1)
        expect(tree.children?.[0]?.type).toBe('heading')
        expect(toText(tree)).toBe(visibleText(`Client ${text}`).replaceAll(/\s+/gu, ' ').trim())
      }),
      drillRuns('markdown-cells'),
    )
  })
})
