import { dollarText } from '../text/money.ts'
import type { RemediationAction } from './remediation.ts'

export interface SaidRemediation {
  readonly action: RemediationAction
  /** Name of its subject. */
  readonly subject: string
  /** Name of the project that it concerns, if any. */
  readonly project: string | null
  readonly role?: string | undefined
  readonly name?: string | undefined
  readonly amountMicros?: number | undefined
  readonly email?: string | undefined
  /** Projects that an invite names, with their roles. */
  readonly projects?: readonly { readonly name: string; readonly role: string }[] | undefined
}

/**
 * The action in a sentence. Values that are not given yet are left out.
 *
 * @example sayRemediation({ action: 'member-role', subject: 'Mara', project: null, role: 'reader' })
 * // 'Change the role of Mara in the organization to reader.'
 */
export function sayRemediation(remediation: SaidRemediation): string {
  return SAYS[remediation.action](remediation)
}

const to = (word: string | undefined): string => (word === undefined ? '' : ` to ${word}`)
const where = ({ project }: SaidRemediation): string => project ?? 'the project'
const amount = ({ amountMicros }: SaidRemediation): string =>
  amountMicros === undefined ? '' : ` of $${dollarText(amountMicros)}`

/** Projects are always named, even if there are none: without them, the provider would choose one. */
function into({ projects = [] }: SaidRemediation): string {
  return projects.length === 0
    ? 'into no project'
    : `into ${projects.map(({ name, role }) => `${name} (${role})`).join(', ')}`
}

const SAYS: Readonly<Record<RemediationAction, (remediation: SaidRemediation) => string>> = {
  'member-remove': ({ subject }) => `Remove ${subject} from the organization.`,
  'member-sign-out': ({ subject }) => `Sign ${subject} out everywhere.`,
  'member-role': ({ subject, role }) => `Change the role of ${subject} in the organization${to(role)}.`,
  'project-member-remove': (it) => `Remove ${it.subject} from ${where(it)}.`,
  'project-member-role': (it) => `Change the role of ${it.subject} in ${where(it)}${to(it.role)}.`,
  'invite-delete': ({ subject }) => `Delete the invite of ${subject}.`,
  'service-account-delete': ({ subject }) => `Delete the service account ${subject}.`,
  'federation-delete': ({ subject, name }) =>
    `Delete the federation rule ${name ?? ''} of the service account ${subject}.`,
  'key-disable': ({ subject }) => `Disable the key ${subject}.`,
  'key-delete': ({ subject }) => `Delete the key ${subject}.`,
  'key-rotate': ({ subject }) => `Rotate the key ${subject}.`,
  'key-rename': ({ subject, name }) => `Rename the key ${subject}${to(name)}.`,
  'limit-set': (it) => `Set a monthly spend limit${amount(it)} for ${it.project ?? it.subject}.`,
  'alert-set': (it) => `Add a monthly spend alert${amount(it)} for ${it.project ?? it.subject}.`,
  'project-create': ({ subject, name }) => `Create the project ${name ?? ''} in ${subject}.`,
  'project-rename': ({ subject, name }) => `Rename the project ${subject}${to(name)}.`,
  invite: (it) => `Invite ${it.email ?? ''} to ${it.subject} as ${it.role ?? ''}, ${into(it)}.`,
  'project-member-add': (it) => `Add ${it.subject} to ${where(it)}${it.role === undefined ? '' : ` as ${it.role}`}.`,
  'service-account-create': (it) => `Create the service account ${it.name ?? ''} and its key in ${where(it)}.`,
  'key-create': (it) => `Create a key for the service account ${it.subject} in ${where(it)}.`,
}
