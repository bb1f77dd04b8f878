import { expect, it } from 'vitest'

import { AREA_LINKS } from '../../../renderer/app/areas.ts'
import { areaAfterG } from '../../../renderer/data/shortcuts.ts'

it('goes to the area of the letter when it comes soon after g', () => {
  expect(areaAfterG(AREA_LINKS, 'k', 300)).toBe('/keys')
  expect(areaAfterG(AREA_LINKS, 'k', 5_000)).toBeNull()
  expect(areaAfterG(AREA_LINKS, 'z', 300)).toBeNull()
})

it('gives each area a letter of its own, and none takes g', () => {
  const letters = AREA_LINKS.map(({ letter }) => letter)
  expect(new Set(letters).size).toBe(letters.length)
  expect(letters).not.toContain('g')
})
