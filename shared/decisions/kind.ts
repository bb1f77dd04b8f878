import { z } from 'zod'

import type { Area } from '../contract/app.ts'
import type { AgencyRole, ClientRole } from '../domain/team-roles.ts'

/** The members who may decide something for the whole agency: any member, or those with this role; owners may always. */
type AgencyRight = AgencyRole | 'member'

/** Where operations of a kind are placed, and what their author needs at least. A stream that is left out takes none. */
export interface Right {
  readonly decisions?: ClientRole
  readonly facts?: ClientRole
  readonly agency?: AgencyRight
  /** True if it is about something that only a reading shows. */
  readonly onFacts?: true
}

export const REVIEWER = { decisions: 'reviewer' } as const
export const OPERATOR = { decisions: 'operator' } as const
export const LEAD = { decisions: 'lead' } as const
/** An operator's, about something that only a reading shows. */
export const ON_FACTS = { decisions: 'operator', onFacts: true } as const

/**
 * The outcome where another member decided about the same subject, and the author had not seen it. `last`: the decision that is placed
 * later holds. `ask`: the author is asked before it is placed, field by field where the kind has fields that can be left out; an equal value
 * asks nothing. A note is a field too. `merge`: the author is not asked, and the fold shows what follows from both. The exchange of today
 * does not ask yet (decision 0021).
 */
type Conflict = 'last' | 'ask' | 'merge'

/** A kind that a team exchanges. An entry by an author without the right has no effect on any device. */
interface Exchange {
  readonly right: Right
  readonly conflict: Conflict
}

/** A kind that stays in the register in which it was decided, and the reason in a sentence. */
interface Stay {
  readonly stays: string
}

/**
 * A kind of operation. `words`: for people, what was decided; the subject of an operation follows them. `areas`: the window reads them
 * again after one. The body's schema is strict, and its version `v` goes up with every change of it: folds read all released versions.
 * Kinds of a released set never change their right: it decides about entries that are placed already.
 */
export type OperationKind<Body extends z.ZodType = z.ZodType> = (Exchange | Stay) & {
  readonly words: string
  readonly areas: readonly Area[]
  readonly body: Body
}

/** The name of a row that people make, the same in every register: a UUIDv7. */
export const uid = z.uuidv7()

/** The number of a row in the register that wrote the operation; no other register can use it. */
export const localNumber = z.number().int().positive().optional()

/** A path on the machine of the operator; no other register can use it. */
export const localPath = z.string().min(1).optional()

/** Bytes beside the stream of a team, by their address and the generation of the key that sealed them. */
export const blobName = z.strictObject({ address: z.string().regex(/^[0-9a-f]{64}$/u), generation: z.int().positive() })
export type BlobName = z.infer<typeof blobName>

/** A connection, or none. */
export const connectionUid = uid.nullable()

/** A subject of a provider, by what the provider calls it. */
export const providerSubject = z.strictObject({ connectionUid: uid, externalId: z.string() })
