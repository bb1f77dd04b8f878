import * as fc from 'fast-check'
import type { Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'

import { plainText } from '../../../../electron/service/files-in/plain-text.ts'
import { readMarkdown } from '../../../../electron/service/files-in/read-markdown.ts'
import { readTableRows, simpleText, splitRow } from '../../../../electron/service/files-in/table-rows.ts'
import { markdownCell } from '../../../../shared/report/markdown-text.ts'
import { visibleText } from '../../../../shared/domain/text/visible-text.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { growth, LINEAR } from '../../../growth.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'

const SIGNS =
  '\\ \\\\ \\| \\* * ** _ a_b ` [ ] (x) < > <br> <b> & &amp; &#x20; ~ ~~ ! @ \\@ a@b.example <a@b.example> www. www.x.example https://x.example/a_b mailto:a@b.example - # 1. : . / ^ [^1] $ é 😀'
    .split(' ')
    .concat([' ', '  ', '\t'])

const SIGNS_OF_LINES = ['*a', '_', '[', '![a](', '<a ', '`', '>', '- ', '&#x41;', '| ', '#', '|-']

/** Pieces that mean something to Markdown, and pieces that do not. */
const markup = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join('').replaceAll(/[\r\n]/gu, ''))

function byLibrary(row: string, width: number): string[] {
  const source = `|${' x |'.repeat(width)}\n|${' - |'.repeat(width)}\n${row}`
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const table = tree.children.find((node): node is Table => node.type === 'table')
  return table?.children[1]?.children.map((cell) => plainText(cell, source).trim()) ?? []
}

describe('a table row', () => {
  test('is read as the library reads it, with or without the library', () => {
    fc.assert(
      fc.property(fc.array(markup, { minLength: 1, maxLength: 3 }), (cells) => {
        const row = `| ${cells.join(' | ')} |`
        const width = splitRow(row).length
        const read = readTableRows([{ line: 1, text: row }]).rows[0]?.cells.map((cell) => cell.trim())
        expect(read).toEqual(byLibrary(row, width))
      }),
      {
        ...drillRuns('read-registers'),
        examples: [[[String.raw`\<a@b.example>`, '']], [[String.raw`\\<a@b.example>`, '']]],
      },
    )
  })

  test('returns any text that the register writes', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 3 }), (texts) => {
        const row = `| ${texts.map(markdownCell).join(' | ')} |`
        const cells = readTableRows([{ line: 7, text: row }]).rows[0]?.cells ?? []
        const padded = [...cells, ...texts.map(() => '')].slice(0, texts.length)
        expect(padded.map((cell) => cell.trim())).toEqual(texts.map((text) => visibleText(text).trim()))
      }),
      drillRuns('read-registers'),
    )
  })

  test('is read without the library when it is what registers consist of', () => {
    expect(simpleText(String.raw`Jane Smith \<jane.smith\@acme.example>`)).toBe('Jane Smith <jane.smith@acme.example>')
    expect(simpleText('Jane Smith <jane.smith@acme.example>')).toBe('Jane Smith <jane.smith@acme.example>')
    expect(simpleText('snake_case_name & co')).toBe('snake_case_name & co')
    expect(simpleText('*emphasis*')).toBeNull()
  })

  test('is refused by its line where markup fills it, and read where markup is what people write', () => {
    const table = (row: string, count: number): string => `| a | b |\n| --- | --- |\n${row.repeat(count)}`
    const hostile = ['*_['.repeat(30), '*_['.repeat(3000), '[![`<'.repeat(200), '~~**'.repeat(400)]
    for (const text of hostile) {
      expect(readMarkdown(table(`| ${text} | x |\n`, 1000)).ok).toBe(false)
      expect(readMarkdown(`# ${text.slice(0, 900)}\n`.repeat(1000)).ok).toBe(false)
    }
    expect(readMarkdown(table('| **Jane** \\_x\\_ | `key` [docs](https://acme.example) |\n', 1000)).ok).toBe(true)
  })

  test('shows what its writer meant', () => {
    const cells = (row: string): readonly string[] => readTableRows([{ line: 1, text: row }]).rows[0]?.cells ?? []
    expect(cells('| **Jane** Smith | `sk-proj-xxx` | a<br>b | ~~old~~ |')).toEqual([
      'Jane Smith',
      'sk-proj-xxx',
      'a\nb',
      'old',
    ])
    expect(cells('| [Jane Smith](mailto:jane@acme.example) | [docs](https://acme.example) |')).toEqual([
      'Jane Smith <jane@acme.example>',
      'docs',
    ])
    expect(cells('| <jane@acme.example> | jane@acme.example | www.acme.example/a\\_b |')).toEqual([
      '<jane@acme.example>',
      'jane@acme.example',
      'www.acme.example/a\\_b',
    ])
    expect(cells('Jane | Owner')).toEqual(['Jane', 'Owner'])
    expect(cells('| <script>alert(1)</script> | a \\| b |')).toEqual(['<script>alert(1)</script>', 'a | b'])
  })
})

describe('reading Markdown', () => {
  test('keeps the line of every heading and row, whatever is between', () => {
    const text =
      'Some words.\nMore *words.\n\n### OpenAI (org-a)\r\n\r\nBelow:\n\n| A | B |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\nafter\n\n## Next\n'
    const read = readMarkdown(text)
    expect(read.ok && read.blocks).toEqual([
      { kind: 'heading', line: 4, depth: 3, text: 'OpenAI (org-a)' },
      {
        kind: 'table',
        line: 8,
        table: {
          line: 8,
          columns: ['A', 'B'],
          rows: [
            { line: 10, cells: ['1', '2'] },
            { line: 11, cells: ['3', '4'] },
            { line: 12, cells: ['after'] },
          ],
        },
      },
      { kind: 'heading', line: 14, depth: 2, text: 'Next' },
    ])
  })

  test('ignores comments, and does not read an underlined heading as a table', () => {
    const read = readMarkdown('OpenAI (org-a)\n---\n\n<!--\n| A | B |\n|---|---|\n| 1 | 2 |\n-->\n')
    expect(read.ok && read.blocks).toEqual([{ kind: 'heading', line: 1, depth: 2, text: 'OpenAI (org-a)' }])
  })

  test('hides a secret in a heading of a table', () => {
    const read = readMarkdown('| sk-proj-abcdefghijklmnopqrstuvwxyz012345 | B |\n|---|---|\n| 1 | 2 |\n')
    expect(JSON.stringify(read)).not.toContain('abcdefghij')
  })

  test('reads 20,000 rows, and takes no longer for each of them than for fewer', async () => {
    const getTable = (count: number): string => {
      const rows = Array.from(
        { length: count },
        (_, n) => String.raw`| Person ${n} \<person.${n}\@acme.example> | Member | ChatBot, Analytics | 2025-01-01 |`,
      )
      return `### OpenAI (org-a)\n\n| Person | Role | Projects | Last Review |\n|---|---|---|---|\n${rows.join('\n')}\n`
    }
    expect(await growth((count) => readMarkdown(getTable(count)), 2500)).toBeLessThan(LINEAR)
    const read = readMarkdown(getTable(20_000))
    expect(read.ok && read.blocks[1]?.kind === 'table' && read.blocks[1].table.rows.length).toBe(20_000)
  })

  test('never throws over markup', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(markup, hostileText, fc.constantFrom('\n', '\n\n', '```', '|', '---|---')), {
          maxLength: 30,
        }),
        (parts) => {
          expect(() => readMarkdown(parts.join(''))).not.toThrow()
        },
      ),
    )
  })

  const lines = (sign: string, characters: number): string => `${sign.repeat(characters / sign.length)}\n`.repeat(3)

  // Shorter texts are so quick that the place of a string in memory decides how long they take.
  test.each(SIGNS_OF_LINES)('takes time over many %s in proportion to their number', async (sign) => {
    expect(await growth((characters) => readMarkdown(lines(sign, characters)), 100_000)).toBeLessThan(LINEAR)
  })

  test.each(SIGNS_OF_LINES)('reads lines of four million characters that are only %s', (sign) => {
    expect(readMarkdown(lines(sign, 4_000_000))).toMatchObject({ ok: true })
  })
})
