import { isCreation } from '../../../shared/domain/remedy/remedy.ts'
import { INVISIBLE, visibleText } from '../../../shared/report/visible-text.ts'
import type { Prepared } from './prepare.ts'

const LONGEST = 100

/**
 * What has to be typed before remedies are sent: for one the name of its subject, for several what is done to how many,
 * such as `REMOVE 3`. Empty when there is nothing to send.
 */
export function confirmWord(prepared: readonly Prepared[]): string {
  const sent = prepared.filter(({ call }) => call !== null)
  const [only] = sent
  if (only === undefined) return ''
  if (sent.length === 1) return typeable(only)
  const removes = sent.every(({ row }) => /-(?:remove|delete|disable)$/u.test(row.action))
  return `${removes ? 'REMOVE' : 'CHANGE'} ${sent.length}`
}

/** A name that a person can type as it is shown; the provider's id, or the number of the remedy, where it is not. */
function typeable({ row, wish }: Prepared): string {
  const { name, email } = row.values
  const made =
    isCreation(row.action) && row.action !== 'alert-set' ? (email ?? name ?? row.subject.name) : row.subject.name
  const names = [made, row.subject.name, wish?.subject.externalId ?? '']
  return names.find(isTypeable) ?? `REMEDY ${row.remedyId}`
}

function isTypeable(name: string): boolean {
  return (
    name !== '' &&
    name.length <= LONGEST &&
    name === visibleText(name).replaceAll(/\s+/gu, ' ').trim() &&
    !INVISIBLE.some((character) => name.includes(character))
  )
}
