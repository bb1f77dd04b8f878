import { describe, expect, it } from 'vitest'

import { searchSchema as accessSearch } from '../../../renderer/features/access/search.ts'
import { searchSchema as keysSearch } from '../../../renderer/features/keys/search.ts'
import { searchSchema as peopleSearch } from '../../../renderer/features/people/search.ts'
import { searchSchema as projectsSearch } from '../../../renderer/features/projects/search.ts'
import { searchSchema as reviewsSearch } from '../../../renderer/features/reviews/search.ts'
import { searchSchema as rotationSearch } from '../../../renderer/features/rotation/search.ts'
import { searchSchema as structureSearch } from '../../../renderer/features/structure/search.ts'

const SCHEMAS = [accessSearch, keysSearch, peopleSearch, projectsSearch, reviewsSearch, rotationSearch, structureSearch]

describe('the address of a list', () => {
  it('accepts the links of other pages', () => {
    expect(keysSearch.parse({ rotation: 'overdue' })).toMatchObject({ rotation: ['overdue'] })
    expect(keysSearch.parse({ key: 7 })).toMatchObject({ key: 7 })
    for (const flag of ['unowned', 'unused', 'never', 'personal']) {
      expect(keysSearch.parse({ flag })).toMatchObject({ flag: [flag] })
    }
    expect(peopleSearch.parse({ status: 'invited' })).toMatchObject({ status: ['invited'] })
    expect(peopleSearch.parse({ privileged: true })).toMatchObject({ privileged: true })
    expect(peopleSearch.parse({ person: 3 })).toMatchObject({ person: 3 })
    expect(projectsSearch.parse({ project: 3 })).toMatchObject({ project: 3 })
  })

  it('drops invalid values without an error', () => {
    const odd = {
      q: 12,
      sort: 'colour',
      dir: 'sideways',
      rotation: 'late',
      status: '…',
      level: 9,
      privileged: 'yes',
      key: -1,
      person: 'x',
      project: 1.5,
      month: 'May',
      view: 'wall',
    }
    for (const schema of SCHEMAS) {
      const parsed = schema.parse(odd)
      const kept = Object.entries(parsed).filter(([, value]) => value !== undefined)
      // A text field may contain any text.
      expect(kept.filter(([name]) => name !== 'q')).toEqual([])
    }
  })
})
