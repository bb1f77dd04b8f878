import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatRolePath } from '../../../../shared/domain/access/role-path.ts'
import { joinProjects, splitProjects, type ListedProject } from '../../../../shared/domain/text/project-cell.ts'
import { anyString } from '../../../any-string.ts'

const bare = (...names: readonly string[]): readonly ListedProject[] => names.map((name) => ({ name, role: null }))
const list = (projects: readonly ListedProject[], all = false) => ({ all, projects })

/**
 * Text that often meets every rule of the cell: separators, quotes, dashes, parentheses, and words of roles and paths.
 */
const text = fc.oneof(
  anyString({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        ',',
        ', ',
        '\\',
        '-',
        '–',
        'All',
        'all',
        '*',
        ' ',
        '\n',
        'x',
        '(',
        ' (',
        ')',
        'owner',
        'role ',
        ' by group ',
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join('')),
)
const word = text.map((some) => some.trim()).filter((some) => some !== '')
const role = fc
  .record({
    role: fc.oneof(fc.constantFrom('owner', 'Member', 'workspace developer', 'key-auditor'), word).filter(isPlain),
    group: fc.option(word),
    carriedBy: fc.constant(null),
  })
  .map(formatRolePath)

/** A role whose own words are those of a path cannot be distinguished from one with a path. */
function isPlain(words: string): boolean {
  return !/by group|as organization/u.test(words)
}

describe('a list of projects', () => {
  it('is a plain list if all have the role of their row', () => {
    expect(joinProjects(list(bare('ChatBot', 'Analytics')))).toBe('ChatBot, Analytics')
    expect(splitProjects('ChatBot, Analytics')).toEqual(list(bare('ChatBot', 'Analytics')))
    expect(splitProjects('All')).toEqual(list([], true))
    expect(splitProjects('all workspaces')).toEqual(list([], true))
    expect(splitProjects('-')).toEqual(list([]))
    expect(joinProjects(list([]))).toBe('-')
  })

  it('contains the role of each project with another one, and its group', () => {
    const projects = [
      { name: 'ChatBot', role: 'owner' },
      { name: 'Analytics', role: 'member (by group Developers, EU)' },
      { name: 'Docs', role: null },
      { name: 'Search', role: 'key-auditor' },
    ]
    const cell = String.raw`ChatBot (owner), Analytics (member by group Developers\, EU), Docs, Search (role key-auditor)`
    expect(joinProjects(list(projects))).toBe(cell)
    expect(splitProjects(cell)).toEqual(list(projects))
    expect(joinProjects(list([{ name: 'ChatBot', role: 'owner' }], true))).toBe('All, ChatBot (owner)')
    expect(splitProjects('All, ChatBot (owner)')).toEqual(list([{ name: 'ChatBot', role: 'owner' }], true))
  })

  it('reads parentheses without a role as part of the name, as in documents without roles', () => {
    expect(splitProjects('Search (EU), ChatBot (old)')).toEqual(list(bare('Search (EU)', 'ChatBot (old)')))
    expect(joinProjects(list(bare('Search (EU)')))).toBe('Search (EU)')
    expect(joinProjects(list(bare('Chat (owner)')))).toBe(String.raw`Chat \(owner)`)
  })

  it('distinguishes a project named All from all projects, and one named with a dash from none', () => {
    expect(joinProjects(list(bare('All')))).toBe('\\All')
    expect(splitProjects('\\All')).toEqual(list(bare('All')))
    expect(splitProjects(joinProjects(list(bare('-'))))).toEqual(list(bare('-')))
    const mixed = [...bare('All'), { name: 'ChatBot', role: 'owner' }]
    expect(splitProjects(joinProjects(list(mixed)))).toEqual(list(mixed))
  })

  it('keeps a comma and a backslash in a name, also as people write them', () => {
    expect(joinProjects(list(bare('Search, EU', 'B')))).toBe('Search\\, EU, B')
    expect(splitProjects('CORP\\search,B')).toEqual(list(bare('CORP\\search', 'B')))
  })

  it('reads back what it wrote, for any names and roles', () => {
    const projects = fc.array(fc.record({ name: text, role: fc.option(role) }), { maxLength: 5 })
    fc.assert(
      fc.property(projects, fc.boolean(), (drawn, wantsAll) => {
        // With all projects, only those with a role of their own are listed.
        const all = wantsAll && drawn.every((one) => one.role !== null)
        const trimmed = drawn.map((one) => ({ name: one.name.trim(), role: one.role?.trim() || null }))
        const kept = [...new Map(trimmed.map((one) => [JSON.stringify([one.name, one.role]), one])).values()]
        const expected = list(
          kept.filter(({ name }) => name !== ''),
          all,
        )
        expect(splitProjects(joinProjects(list(drawn, all)))).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })
})
