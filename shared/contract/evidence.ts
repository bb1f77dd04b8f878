import { z } from 'zod'

import { filePath, fileTargetShape, fileWritten, id, instant, operation, writeTarget } from './common.ts'

export const SUMMARY_FORMATS = ['pdf', 'html'] as const

export const evidenceProblem = z.object({
  /** File of the pack, or a table of the register. */
  file: z.string(),
  /** Its row (line of a file from 1, sequence number of the journal); null if the whole file is meant. */
  row: z.number().int().nullable(),
  says: z.string(),
})
export type EvidenceProblem = z.infer<typeof evidenceProblem>

/** Where a log was when a pack was written: the position of its last entry, and the head after it. */
const witness = z.object({ log: z.string(), position: z.number().int(), head: z.string() })

/** Who signed or acknowledged a review, by the key of a device. `key`: SHA-256 of it, in hex. */
const signedAct = z.object({
  member: z.string(),
  email: z.string(),
  role: z.string(),
  key: z.string(),
  device: z.string(),
  position: z.number().int(),
  /** By the clock of the device. */
  at: instant,
})
export type VerifiedAct = z.infer<typeof signedAct>

/** The findings about the logs of a team in a pack. */
const verdictTeam = z.object({
  name: z.string(),
  /** The head of the team's first entry, in hex, from which everything follows. */
  root: z.string(),
  /** The root's origin: `given` or `other`; without a given one, this profile's team (`own`), another team, or not compared. */
  known: z.enum(['given', 'other', 'own', 'unknown', 'not-compared']),
  team: witness,
  client: witness,
  signed: signedAct.nullable(),
  acknowledged: signedAct.nullable(),
  /** The member whose device wrote the pack; null where the team shows no such device. */
  writtenBy: z.string().nullable(),
})
export type VerdictTeam = z.infer<typeof verdictTeam>

const verdict = z.object({
  ok: z.boolean(),
  problems: z.array(evidenceProblem),
  /** Rows that were checked. */
  rows: z.number().int(),
  /** SHA-256 of the public key, in hex: to be compared with one from another channel. Null if there is none. */
  fingerprint: z.string().nullable(),
  /**
   * Who signed a pack: the given key (`given`) or a different one (`other`); without a given key, one that this profile
   * has signed with (`own`), that of a device of its team or of the team with the given root (`team`), one that it does not know
   * (`unknown`), or no key to compare with (`not-compared`). Null for a register, and for a pack without a key.
   */
  signer: z.enum(['given', 'other', 'own', 'team', 'unknown', 'not-compared']).nullable(),
  /** Of a pack of a client of a team that is unchanged. */
  team: verdictTeam.optional(),
  /** The checked and the unchecked parts, in sentences. */
  checked: z.array(z.string()),
  unchecked: z.array(z.string()),
  checkedAt: instant,
})
export type Verdict = z.infer<typeof verdict>

/** A written and signed pack: its location, the number of files, and what to pass on through another channel. */
export const packWritten = z.object({
  path: z.string(),
  zipPath: z.string().nullable(),
  files: z.number().int(),
  /** SHA-256 of the public key, in hex. */
  fingerprint: z.string(),
  /** The hash of the last journal row in the pack. */
  headHash: z.string(),
})

export const evidenceContract = {
  /**
   * Writes the evidence of a review into a new folder under `directory`, and as a zip next to it, atomically. Signed
   * with this register's key. Written to the journal.
   */
  pack: operation
    .input(z.object({ reviewId: id, directory: writeTarget, zip: z.boolean().default(true) }))
    .output(packWritten),
  /**
   * Writes a summary of a review for a human auditor to a file: a page of attestation, then the items. It is not signed;
   * the pack is. A PDF needs a browser to print it (CONFLICT). Written to the journal.
   */
  summary: operation
    .input(z.object({ reviewId: id, format: z.enum(SUMMARY_FORMATS), ...fileTargetShape }))
    .output(fileWritten),
  /**
   * Checks a pack (folder or zip), and whether its signer is `key` (a fingerprint), or else a key of this profile or of its team; and
   * whether the team in it has the `root`, or else that of this profile's team.
   */
  verify: operation
    .input(z.object({ path: filePath, key: z.string().optional(), root: z.string().optional() }))
    .output(verdict),
  /** The keys that this register knows, by their fingerprints: its own, oldest first, and those of the devices of its team. */
  signers: operation.output(
    z.object({ own: z.array(z.string()), team: z.object({ root: z.string(), keys: z.array(z.string()) }).nullable() }),
  ),
  /**
   * Checks the journal of this register, and its tables against it; with `packs` (folders or zips that this register
   * signed) also that it still ends in the row that they end in, or continues from there.
   */
  verifyRegister: operation
    .input(z.object({ packs: z.array(z.string().min(1)).max(100).optional() }).optional())
    .output(verdict),
}
