import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { getColumnId } from '../../../shared/nouns/noun.ts'
import { NOUNS } from '../../../shared/nouns/nouns.ts'

const PAGE = join(import.meta.dirname, '../../../docs/lists.md')

/** The section of a list: what it is, what it means without rows, and each of its columns. */
function toSection({ title, about, none, fields, columns }: (typeof NOUNS)[number]): string {
  const terms = Object.entries(columns).map(([key, help]) => `- **${fields[key]?.heading}**: ${help}`)
  return [`## ${title}`, '', about, '', `- **No rows**: ${none}`, ...terms].join('\n')
}

describe('the page about lists', () => {
  it('has the sections of all lists that are described in shared/nouns; run this file with `--update` to write them', async () => {
    const sections = readFileSync(PAGE, 'utf8')
      .trimEnd()
      .split(/\n\n(?=## )/u)
    const page = sections.map((section) => {
      const noun = NOUNS.find(({ title }) => section.startsWith(`## ${title}\n`))
      return noun === undefined ? section : toSection(noun)
    })
    expect(NOUNS.filter((noun) => !page.includes(toSection(noun))).map(({ id }) => id)).toEqual([])
    await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot(PAGE)
  })

  it('has each column of a list once, by its own heading and id', () => {
    for (const { id, fields, columns } of NOUNS) {
      const keys = Object.keys(columns)
      const headings = keys.map((key) => fields[key]?.heading)
      expect([id, headings.filter((heading) => heading === undefined || heading === '')]).toEqual([id, []])
      expect(new Set(headings).size).toBe(keys.length)
      expect(new Set(keys.map((key) => getColumnId(key, fields[key] ?? {}))).size).toBe(keys.length)
    }
  })

  it('has a column for each order of a list, unless no column is shown by it', () => {
    const orders = NOUNS.flatMap(({ id, fields, columns, sorts }) => {
      const ids = Object.keys(columns).map((key) => getColumnId(key, fields[key] ?? {}))
      return sorts.filter((sort) => !ids.includes(sort)).map((sort) => `${id} ${sort}`)
    })
    expect(orders).toEqual([])
  })
})
