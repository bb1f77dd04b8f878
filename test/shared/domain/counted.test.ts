import { expect, it } from 'vitest'

import { counted } from '../../../shared/domain/counted.ts'

it.each([
  [0, '0 people'],
  [1, '1 person'],
  [2, '2 people'],
  [101, '101 people'],
])('a count of %i is “%s”', (count, says) => expect(counted(count, 'person', 'people')).toBe(says))
