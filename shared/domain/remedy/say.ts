import { dollarText } from '../usage/money.ts'
import type { RemedyAction } from './remedy.ts'

export interface SaidRemedy {
  readonly action: RemedyAction
  /** Name of its subject. */
  readonly subject: string
  /** Name of the project that it concerns, if any. */
  readonly project: string | null
  readonly role?: string | undefined
  readonly name?: string | undefined
  readonly amountMicros?: number | undefined
}

/**
 * What is to be carried out, in a sentence. Values that are still to be given are left out of it.
 *
 * @example sayRemedy({ action: 'member-role', subject: 'Mara', project: null, role: 'reader' })
 * // 'Change the role of Mara in the organization to reader.'
 */
export function sayRemedy(remedy: SaidRemedy): string {
  return SAYS[remedy.action](remedy)
}

const to = (word: string | undefined): string => (word === undefined ? '' : ` to ${word}`)
const where = ({ project }: SaidRemedy): string => project ?? 'the project'
const amount = ({ amountMicros }: SaidRemedy): string =>
  amountMicros === undefined ? '' : ` of $${dollarText(amountMicros)}`

const SAYS: Readonly<Record<RemedyAction, (remedy: SaidRemedy) => string>> = {
  'member-remove': ({ subject }) => `Remove ${subject} from the organization.`,
  'member-role': ({ subject, role }) => `Change the role of ${subject} in the organization${to(role)}.`,
  'project-member-remove': (it) => `Remove ${it.subject} from ${where(it)}.`,
  'project-member-role': (it) => `Change the role of ${it.subject} in ${where(it)}${to(it.role)}.`,
  'invite-delete': ({ subject }) => `Delete the invite of ${subject}.`,
  'service-account-delete': ({ subject }) => `Delete the service account ${subject}.`,
  'key-disable': ({ subject }) => `Disable the key ${subject}.`,
  'key-delete': ({ subject }) => `Delete the key ${subject}.`,
  'key-rotate': ({ subject }) => `Rotate the key ${subject}.`,
  'key-rename': ({ subject, name }) => `Rename the key ${subject}${to(name)}.`,
  'limit-set': (it) => `Set a monthly spend limit${amount(it)} for ${it.subject}.`,
  'alert-set': (it) => `Add a monthly spend alert${amount(it)} for ${it.subject}.`,
}
