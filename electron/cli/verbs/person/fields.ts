import { PEOPLE } from '../../../../shared/nouns/people.ts'
import { toFields } from '../../kit/noun.ts'
import { dayCell } from '../../kit/text/when.ts'

export const PERSON_FIELDS = toFields(PEOPLE, {
  lastUsedAt: ({ lastUsedAt, knownUseAt }) =>
    knownUseAt === null ? dayCell(lastUsedAt) : `${dayCell(knownUseAt)} or later`,
})
