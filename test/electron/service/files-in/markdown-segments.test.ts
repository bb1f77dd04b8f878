import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'

import { splitSegments } from '../../../../electron/service/files-in/markdown-segments.ts'
import { readMarkdown } from '../../../../electron/service/files-in/read-markdown.ts'
import { FILE_LIMITS } from '../../../../shared/domain/file-limits.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { growth, LINEAR } from '../../../growth.ts'

const LINES = [
  '', '', '', '# one', '## two *x*', ' ### three', '#', '```', '```md', '~~~', '~~~~ markdown', '> quote', '> # in a quote', '<div>',
  '</div>', '<!-- a', 'b -->', '<!-- c -->', '<script>', '</script>', '<?php', '?>', '|a|b|', '|-|-|', '|1|2|', '---', '===', 'words',
  '    # code', '  indented', '- item', '1. first',
] // prettier-ignore

/** What a register consists of, as the library reads it: headings, tables and fences, each with its line. */
function readStructure(lines: readonly string[], from = 0): string[] {
  const tree = fromMarkdown(lines.join('\n'), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return tree.children.flatMap((node) => {
    const at = node.position?.start.line ?? 1
    if (node.type === 'heading') return [`${at + from} heading ${node.depth}`]
    if (node.type === 'table') return [`${at + from} table`]
    // Indented code has no fence.
    const isFenced = node.type === 'code' && /^ {0,3}(?:```|~~~)/u.test(lines[at - 1] ?? '')
    return isFenced ? [`${at + from} fence ${node.lang ?? ''} ${JSON.stringify(node.value.trimEnd())}`] : []
  })
}

describe('the segments of a Markdown text', () => {
  test('read one by one give the same result as the library for the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 14 }), (lines) => {
        const whole = readStructure(lines)
        const pieces = splitSegments(lines).flatMap(({ fence, lines: own, from }) =>
          fence === null
            ? readStructure(own, from)
            : [`${from} fence ${fence} ${JSON.stringify(own.join('\n').trimEnd())}`],
        )
        expect(pieces).toEqual(whole)
      }),
      drillRuns('read-registers'),
    )
  })
})

describe('a register in Markdown', () => {
  test.each([
    ['headings over lines', 'a\n=\n\n'],
    ['headings', '## a\n'],
    ['tables', '|a|b|\n|-|-|\n|1|2|\n\n'],
    ['fences', '```\n'],
    ['blank lines', '\n\n\n\n'],
  ])('of many %s takes no more time for each', async (_what, block) => {
    expect(await growth((size) => readMarkdown(block.repeat(size)), 200)).toBeLessThan(LINEAR)
  })

  test.each([
    [
      'dashes without a blank line',
      '\n-'.repeat(100_000),
      'The file has too many lines of headings and markup beside its tables; at most 20,000 lines and 1,000,000 characters are read.',
    ],
    [
      'one block of markup',
      '# a\n\n' + '> b\n'.repeat(FILE_LIMITS.markupBlock + 1),
      'Line 3 begins a block that is very long and full of markup.',
    ],
    ['lines', '\n'.repeat(FILE_LIMITS.lines), 'The file has more than 1,000,000 lines; no more are read.'],
  ])('with too many %s is refused before it is read', (_what, text, reason) => {
    expect(readMarkdown(text)).toMatchObject({ ok: false, reason })
  })
})
