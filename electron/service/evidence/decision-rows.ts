import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { CARRIED, NOT_CARRIED } from '../../../shared/report/evidence-sign-off.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { utcInstant } from '../../../shared/domain/text/utc.ts'

/** The rows of a pack about a decision and a signature, made from the rows or entries that record them. */

export type Cell = EvidenceRecord[string]
export type Body = Readonly<Record<string, unknown>>

/** The fields of `sign-off` that must equal the tally of the decisions. */
const COUNTED: Readonly<Record<string, string>> = {
  Kept: 'keep',
  'To be changed': 'change',
  'To be removed': 'remove',
  'More information needed': 'unknown',
  Undecided: 'undecided',
}

/** The cells of `sign-off` for a review that the journal shows no signature of. */
export const UNSIGNED: Readonly<Record<string, Cell>> = {
  'Signed by': 'not signed',
  'Signed (UTC)': '',
  'Signed by the operator': '',
  [CARRIED]: NOT_CARRIED[0],
  'Acknowledged by management': 'not acknowledged',
  'Acknowledged (UTC)': '',
  'Acknowledged by the operator': '',
}

/** The fields of the table `decisions` that a batch sets. `at`: milliseconds. */
export function makeFields(body: Body, at: number | null): Readonly<Record<string, Cell>> {
  return {
    decision: parseCell(body['decision']),
    to: parseCell(body['to']),
    why: parseCell(body['why']),
    until: parseCell(body['until']),
    reviewer: parseCell(body['reviewer']),
    decidedAt: utcInstant(at),
  }
}

/** The cells of `sign-off` for a signature. */
export function makeSignature(row: Body, body: Body): Record<string, Cell> {
  return { ...signature('Signed', 'Signed by', row, body), [CARRIED]: parseCell(body['carried']) ?? NOT_CARRIED[0] }
}

/** And of the acknowledgement. */
export function makeAcknowledgement(row: Body, body: Body): Record<string, Cell> {
  return signature('Acknowledged', 'Acknowledged by management', row, body)
}

/**
 * Finds what a row of `sign-off` contradicts: `log`, which `signed` is made from, or the decisions, which were counted;
 * null where it agrees with both.
 */
export function findSignOffDifference(
  field: string,
  value: Cell,
  signed: Readonly<Record<string, Cell>>,
  counts: ReadonlyMap<Cell, number>,
): 'log' | 'decisions' | null {
  const counted = COUNTED[field]
  const should = counted === undefined ? signed[field] : (counts.get(counted) ?? 0)
  if (should === undefined || should === value) return null
  if (field === CARRIED && should === NOT_CARRIED[0] && NOT_CARRIED.some((words) => words === value)) return null
  return counted === undefined ? 'log' : 'decisions'
}

function signature(what: string, by: string, row: Body, body: Body): Record<string, Cell> {
  return {
    [by]: parseCell(body['as']),
    [`${what} by the operator`]: parseCell(row['operator']),
    [`${what} (UTC)`]: utcInstant(typeof row['at'] === 'number' ? row['at'] : null),
  }
}

function parseCell(value: unknown): Cell {
  return typeof value === 'string' ? said(value) : null
}
