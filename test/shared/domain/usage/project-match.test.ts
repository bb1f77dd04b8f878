import { describe, expect, it } from 'vitest'

import { projectMatcher } from '../../../../shared/domain/usage/project-match.ts'

describe('the project that a record refers to', () => {
  const match = projectMatcher([
    { id: 'proj_web', name: 'Web Shop' },
    { id: 'proj_old', name: 'Search' },
    { id: 'proj_new', name: 'search' },
    { id: 'search-lab', name: null },
    { id: 'Kitchen', name: 'Cooking' },
    { id: 'proj_k', name: 'Kitchen' },
  ])

  it.each([
    ['proj_web', { state: 'known', id: 'proj_web' }],
    ['web shop', { state: 'known', id: 'proj_web' }],
    [' WEB SHOP ', { state: 'known', id: 'proj_web' }],
    // An id takes precedence over a name.
    ['Kitchen', { state: 'known', id: 'Kitchen' }],
    ['search', { state: 'unmatched', because: 'ambiguous' }],
    ['PROJ_WEB', { state: 'unmatched', because: 'unknown' }],
    ['Web', { state: 'unmatched', because: 'unknown' }],
    ['', { state: 'not-reported' }],
  ])('%j is found by id, then by its whole name, and never guessed', (word, found) => {
    expect(match(word)).toEqual(found)
  })
})
