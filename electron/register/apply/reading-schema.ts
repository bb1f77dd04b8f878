import { LAST_INSTANT } from '../../../shared/decisions/readings.ts'
import { z } from 'zod'

import { CONNECTION_FAULTS } from '../../../shared/domain/connection-fault.ts'
import { SYNC_ORIGINS } from '../../../shared/domain/connection.ts'
import { day } from '../../../shared/contract/common.ts'
import { factNumber, FACTS } from '../../../shared/domain/facts.ts'
import { SOURCES, SOURCE_STATES } from '../../../shared/domain/source.ts'
import { uid } from '../../../shared/decisions/kind.ts'
import type { Reading, SourcedFacts } from './reading.ts'

const text = z.string()

type FactSchema = (typeof FACTS)[keyof typeof FACTS]
const fact = z.discriminatedUnion('type', Object.values(FACTS) as [FactSchema, ...FactSchema[]])

const listed = { source: z.enum(SOURCES), project: text.nullable() }

const outcome = z.strictObject({
  ...listed,
  state: z.enum(SOURCE_STATES),
  expected: factNumber.nullable(),
  fetched: factNumber,
  excluded: z.strictObject({ count: factNumber, reason: text }).array(),
  reason: text.nullable(),
  fault: z.enum(CONNECTION_FAULTS).nullable().exactOptional(),
})

const sourced = z.strictObject({ ...listed, facts: fact.array() }) satisfies z.ZodType<SourcedFacts>

/** A reading by what is the same in every register. */
export type NamedReading = Omit<Reading, 'connectionId'> & { readonly connectionUid: string }

/** Its JSON, with its version as `v`. */
export const namedReading = z.strictObject({
  v: z.literal(1),
  uid,
  connectionUid: uid,
  origin: z.enum(SYNC_ORIGINS),
  /** Milliseconds. */
  startedAt: z.int().min(0).max(LAST_INSTANT),
  finishedAt: z.int().min(0).max(LAST_INSTANT),
  day,
  operator: text,
  facts: sourced.array(),
  outcomes: outcome.array(),
}) satisfies z.ZodType<NamedReading>
