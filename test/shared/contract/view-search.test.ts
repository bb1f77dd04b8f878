import { describe, expect, it } from 'vitest'

import type { ViewSearch } from '../../../shared/contract/views.ts'
import { FINDINGS } from '../../../shared/nouns/findings.ts'
import { KEYS } from '../../../shared/contract/keys.ts'
import { PEOPLE } from '../../../shared/nouns/people.ts'
import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { BUILT_IN_VIEWS, toDueSpan, toListFilter } from '../../../shared/contract/view-search.ts'
import { VIEW_LISTS, viewName, viewSearch } from '../../../shared/contract/views.ts'

const TODAY = '2026-12-02'

describe('the filter of a view', () => {
  it('has the names of the contract, and no sort', () => {
    const search = { q: 'prod', owner: 7, environment: ['production', 'staging'], within: 7, sort: 'name', dir: 'asc' }
    expect(toListFilter(KEYS, search, TODAY)).toEqual({
      search: 'prod',
      person: 7,
      environment: ['production', 'staging'],
      dueUntil: '2026-12-09',
    })
    expect(toListFilter(PEOPLE, { privileged: true, level: ['owner'] }, TODAY)).toEqual({
      privileged: true,
      level: ['owner'],
    })
  })

  it('of findings has the kind of the subject, and is of open ones unless it names a state', () => {
    const search = { view: 'all', severity: ['critical', 'high'], kind: ['key'], q: 'prod' }
    expect(toListFilter(FINDINGS, search, TODAY)).toEqual({
      state: 'open',
      severity: ['critical', 'high'],
      subjectKind: ['key'],
      search: 'prod',
    })
    expect(toListFilter(FINDINGS, { view: 'all', state: 'accepted' }, TODAY)).toEqual({ state: 'accepted' })
  })

  it('is one of the list for each view that every register has', () => {
    const read = {
      keys: (search: ViewSearch) => toListFilter(KEYS, search, TODAY),
      people: (search: ViewSearch) => toListFilter(PEOPLE, search, TODAY),
      projects: (search: ViewSearch) => toListFilter(PROJECTS, search, TODAY),
    }
    for (const list of ['keys', 'people', 'projects'] as const) {
      const filters = BUILT_IN_VIEWS[list].map(({ search }) => read[list](search))
      expect(filters.map((filter) => Object.keys(filter).length)).toEqual(
        BUILT_IN_VIEWS[list].map(({ search }) => Object.keys(search).length),
      )
    }
  })
})

describe('the due days of a view of rotation', () => {
  it('are those of its list, this week without one', () => {
    expect(toDueSpan({ flag: ['unowned'] }, TODAY)).toEqual({ dueFrom: '2026-12-02', dueUntil: '2026-12-09' })
    expect(toDueSpan({ view: 'week' }, TODAY)).toEqual({ dueFrom: '2026-12-02', dueUntil: '2026-12-09' })
    expect(toDueSpan({ view: 'overdue' }, TODAY)).toEqual({ dueUntil: '2026-12-01' })
    expect(toDueSpan({ view: 'all' }, TODAY)).toEqual({})
  })
})

describe('the views that every register has', () => {
  it('could be saved as they are, and have different names in their list', () => {
    for (const list of VIEW_LISTS) {
      const views = BUILT_IN_VIEWS[list]
      expect(new Set(views.map(({ name }) => name.toLowerCase())).size).toBe(views.length)
      for (const { name, search } of views) {
        expect(viewName.parse(name)).toBe(name)
        expect(viewSearch.parse(search)).toEqual(search)
      }
    }
  })
})
