import { z } from 'zod'

import { filePath, id, instant, operation, writeTarget } from './common.ts'

/** A place where evidence does not agree with itself. */
export const evidenceProblem = z.object({
  /** File of the pack, or a table of the register. */
  file: z.string(),
  /** Its row (line of a file from 1, sequence number of the journal); null where the whole file is meant. */
  row: z.number().int().nullable(),
  says: z.string(),
})
export type EvidenceProblem = z.infer<typeof evidenceProblem>

const verdict = z.object({
  ok: z.boolean(),
  problems: z.array(evidenceProblem),
  /** Rows that were checked. */
  rows: z.number().int(),
  /** SHA-256 of the public key, in hex: to be compared with one that came another way. Null where there is none. */
  fingerprint: z.string().nullable(),
  /**
   * Who signed a pack: the key that was given (`given`) or another one than that (`other`); else one that this profile has
   * signed with (`own`), one that it does not know (`unknown`), or nobody to compare with (`not-compared`). Null for a
   * register, and for a pack that holds no key.
   */
  signer: z.enum(['given', 'other', 'own', 'unknown', 'not-compared']).nullable(),
  /** What was checked, and what was not, in words. */
  checked: z.array(z.string()),
  unchecked: z.array(z.string()),
  checkedAt: instant,
})
export type Verdict = z.infer<typeof verdict>

/** A signed pack that was written: where, how many files, and what to hand on another way. */
export const packWritten = z.object({
  path: z.string(),
  zipPath: z.string().nullable(),
  files: z.number().int(),
  /** SHA-256 of the public key, in hex. */
  fingerprint: z.string(),
  /** The hash of the journal's last row in it. */
  headHash: z.string(),
})

export const evidenceContract = {
  /**
   * Writes the evidence of a review into a new folder under `directory`, and as a zip beside it. Whole or not at all.
   * Signed with this register's key. Written to the journal.
   */
  pack: operation
    .input(z.object({ reviewId: id, directory: writeTarget, zip: z.boolean().default(true) }))
    .output(packWritten),
  /** Checks a pack (folder or zip) by itself, and whether its signer is `key` (a fingerprint), or else a key of this profile. */
  verify: operation.input(z.object({ path: filePath, key: z.string().optional() })).output(verdict),
  /** The fingerprints of the keys that this register noted as its own, oldest first. */
  signers: operation.output(z.array(z.string())),
  /**
   * Checks the journal of this register, and what its tables say against it; with `packs` (folders or zips that this
   * register signed) also that it still ends in what they end in, or goes on from there.
   */
  verifyRegister: operation
    .input(z.object({ packs: z.array(z.string().min(1)).max(100).optional() }).optional())
    .output(verdict),
}
