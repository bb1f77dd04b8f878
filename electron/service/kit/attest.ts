import { type AttestExtent, type AttestVerb, findRequirements } from '../../../shared/domain/attest.ts'
import { invalid, Refusal } from './refusal.ts'

interface Attestation {
  readonly reason: string | undefined
  readonly confirm: string | undefined
}

interface AttestWords {
  /** The field of the reason. */
  readonly field: string
  /** Its option in a terminal. */
  readonly option: string
  /** The extent, as a sentence without its end: `These are 12 keys`. */
  readonly covers: string
  /** The purpose of the word: `to accept the risk of all of them`. */
  readonly purpose: string
}

/**
 * Throws `Refusal` where a person attests several or grave things without the reason (INVALID) or the typed word (CONFLICT) that
 * they ask for. Each names what is accepted.
 */
export function assertAttested(
  verb: AttestVerb,
  attested: AttestExtent,
  { reason, confirm }: Attestation,
  about: AttestWords,
): void {
  const { isReasonNeeded, word } = findRequirements(verb, attested)
  if (isReasonNeeded && (reason ?? '').trim() === '') {
    throw invalid(
      about.field,
      `${about.covers}, and the reason is missing.`,
      `Give the reason, such as a ticket. In a terminal: ${about.option} TEXT.`,
    )
  }
  if (word === null || confirm?.trim() === word) return
  throw new Refusal('CONFLICT', `${about.covers}, and the word for it was not typed.`, `Type ${word} ${about.purpose}.`)
}
