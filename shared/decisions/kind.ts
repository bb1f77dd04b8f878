import { z } from 'zod'

import type { Area } from '../contract/app.ts'

/**
 * A kind of operation. `areas`: the window reads them again after one. The body's schema is strict, and its version `v`
 * goes up with every change of it: folds read all released versions.
 */
export interface OperationKind<Body extends z.ZodType = z.ZodType> {
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
