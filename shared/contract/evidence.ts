import { z } from 'zod'

import { filePath, fileTargetShape, fileWritten, id, instant, operation, writeTarget } from './common.ts'

export const SUMMARY_FORMATS = ['pdf', 'html'] as const

/** An inconsistency in the evidence. */
export const evidenceProblem = z.object({
  /** File of the pack, or a table of the register. */
  file: z.string(),
  /** Its row (line of a file from 1, sequence number of the journal); null if the whole file is meant. */
  row: z.number().int().nullable(),
  says: z.string(),
})
export type EvidenceProblem = z.infer<typeof evidenceProblem>

const verdict = z.object({
  ok: z.boolean(),
  problems: z.array(evidenceProblem),
  /** Rows that were checked. */
  rows: z.number().int(),
  /** SHA-256 of the public key, in hex: to be compared with one from another channel. Null if there is none. */
  fingerprint: z.string().nullable(),
  /**
   * Who signed a pack: the given key (`given`) or a different one (`other`); without a given key, one that this profile
   * has signed with (`own`), one that it does not know (`unknown`), or no key to compare with (`not-compared`). Null
   * for a register, and for a pack without a key.
   */
  signer: z.enum(['given', 'other', 'own', 'unknown', 'not-compared']).nullable(),
  /** What was checked, and what was not, in sentences. */
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
  /** Checks a pack (folder or zip), and whether its signer is `key` (a fingerprint), or else a key of this profile. */
  verify: operation.input(z.object({ path: filePath, key: z.string().optional() })).output(verdict),
  /** The fingerprints of the keys that this register recorded as its own, oldest first. */
  signers: operation.output(z.array(z.string())),
  /**
   * Checks the journal of this register, and its tables against it; with `packs` (folders or zips that this register
   * signed) also that it still ends in the row that they end in, or continues from there.
   */
  verifyRegister: operation
    .input(z.object({ packs: z.array(z.string().min(1)).max(100).optional() }).optional())
    .output(verdict),
}
