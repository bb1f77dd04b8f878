import { z } from 'zod'

import { dollarText } from '../../../../shared/domain/text/money.ts'
import { microUsdOfCents } from '../../kit/money.ts'
import { periodWord } from '../../kit/period.ts'
import { optionalId, parseRow, part, raw, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { NO_AMOUNT, OTHER_CURRENCY } from './limit.ts'

const effectiveRow = z.object({
  actor: z.object({ user_id: optionalId }),
  amount: raw,
  currency: word,
  period: word,
  source: part(z.object({ type: word, seat_tier: word, service: word })),
})

/** No member holds it. */
const OF_KEY: Omission = { harmless: 'A limit of an admin key, which no member holds.' }

/**
 * One period of one member: the amount at which the member is stopped in it, and what sets the amount. A member without a
 * limit in a period has a row without an amount (API reference, effective spend limits).
 */
export function memberLimitReading(row: unknown): Reading {
  const limit = parseRow(effectiveRow, row)
  if (limit === null) return UNREADABLE
  const { actor, amount: sent, currency, source } = limit
  const period = periodWord(limit.period ?? 'monthly')
  const member = actor.user_id
  if (member === null) return { id: null, facts: [], left: [OF_KEY] }
  const id = `member-limit:${member}:${period}`
  if (sent === null || sent === undefined) return { id, facts: [], left: [] }
  if (currency !== null && currency.toUpperCase() !== 'USD') return { id, facts: [], left: [OTHER_CURRENCY] }
  const amount = microUsdOfCents(sent)
  if (amount === null) return { id, facts: [], left: [NO_AMOUNT] }
  return {
    id,
    facts: [
      {
        type: 'restriction',
        externalId: id,
        kind: 'spend',
        name: null,
        project: null,
        terms: [`$${dollarText(amount)} a ${period}`, ...sourceWords(source)],
        keys: null,
        members: [member],
      },
    ],
    left: [],
  }
}

/** The source of the amount. */
function sourceWords(source: z.output<typeof effectiveRow>['source']): readonly string[] {
  if (source === null) return []
  const words: Readonly<Record<string, string>> = {
    user: 'set for the member',
    seat_tier: `set for the seat tier ${source.seat_tier ?? ''}`.trim(),
    rbac_group: 'set for a group',
    organization: 'set for the organization',
    organization_service: `set for the service ${source.service ?? ''}`.trim(),
  }
  const word = Object.hasOwn(words, source.type ?? '') ? words[source.type ?? ''] : undefined
  return word === undefined ? [] : [word]
}
