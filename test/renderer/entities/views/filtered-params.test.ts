import { describe, expect, it } from 'vitest'
import type { z } from 'zod'

import { searchSchema as findings } from '../../../../renderer/entities/findings-search.ts'
import { searchSchema as access } from '../../../../renderer/features/access/search.ts'
import { searchSchema as keys } from '../../../../renderer/features/keys/search.ts'
import { searchSchema as people } from '../../../../renderer/features/people/search.ts'
import { searchSchema as projects } from '../../../../renderer/features/projects/search.ts'
import { searchSchema as rotation } from '../../../../renderer/features/rotation/search.ts'
import { parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'
import { FILTERED, NO_ROW } from '../../../../shared/contract/view-subjects.ts'
import { storedSearch, VIEW_LISTS, type ViewList } from '../../../../shared/contract/views.ts'

const SEARCHES: Readonly<Record<ViewList, z.ZodObject>> = { keys, people, projects, access, findings, rotation }

/** The row whose panel is open, which is not part of a view. */
const PANELS: Readonly<Record<ViewList, readonly string[]>> = {
  keys: ['key'],
  people: ['person'],
  projects: ['project'],
  access: [],
  findings: ['finding'],
  rotation: ['key'],
}

/** The search params that take a number: of a row, unless every register has the same for it. */
function listNumbers(schema: z.ZodObject): readonly string[] {
  return Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).flatMap(([param, value]) =>
    value.safeParse(7).data === 7 && !storedSearch.safeParse({ [param]: 7 }).success ? [param] : [],
  )
}

describe.each(VIEW_LISTS)('the search params of the list of %s', (list) => {
  it('that are numbers of rows have a name in a view, or open a panel', () => {
    expect(listNumbers(SEARCHES[list]).toSorted()).toEqual([...Object.keys(FILTERED[list]), ...PANELS[list]].toSorted())
  })

  it('keep a filter that names nothing in this register in the address', () => {
    for (const param of Object.keys(FILTERED[list])) {
      const address = stringifySearch({ [param]: NO_ROW })
      expect(SEARCHES[list].parse(parseSearch(address))).toMatchObject({ [param]: NO_ROW })
    }
  })
})
