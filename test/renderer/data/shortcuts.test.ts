import { expect, it } from 'vitest'

import { AREA_LINKS } from '../../../renderer/app/areas.ts'
import { areaAfterG } from '../../../renderer/data/shortcuts.ts'

it('g and a letter open the area of that letter when it follows soon', () => {
  expect(areaAfterG(AREA_LINKS, 'k', 300)).toBe('/keys')
  expect(areaAfterG(AREA_LINKS, 'k', 5_000)).toBeNull()
  expect(areaAfterG(AREA_LINKS, 'z', 300)).toBeNull()
})

it('each area has its own letter, which is never g', () => {
  const letters = AREA_LINKS.map(({ letter }) => letter)
  expect(new Set(letters).size).toBe(letters.length)
  expect(letters).not.toContain('g')
})
