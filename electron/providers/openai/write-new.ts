import { z } from 'zod'

import { counted } from '../../../shared/domain/counted.ts'
import { DAY_SECONDS } from '../../../shared/domain/day.ts'
import { repeating, sameEmail, whenAnswer } from '../kit/answers.ts'
import { pickOne } from '../kit/answers.ts'
import { id, parseRow } from '../kit/rows.ts'
import type { WriteAnswer, Ways, ChangeRequest, Write } from '../kit/write.ts'
import type { Organization } from './client.ts'

type OpenAiWrite = Write<Organization>

/** The creations and renamings of the API; a way is null where it does not do it. */
export const OPENAI_CREATIONS: Ways<Organization> = {
  'project-create': projectWay,
  'project-rename': renameWay,
  invite: inviteWay,
  'project-member-add': memberWay,
  'service-account-create': accountWay,
  'key-create': keyWay,
}

function projectWay({ name }: ChangeRequest): OpenAiWrite | null {
  if (name === null) return null
  return {
    says: 'Creates a project. It cannot be deleted afterwards, only archived.',
    send: (api, options) => api.projects.create({ name }, options),
    read: whenAnswer(z.looseObject({ id, name: z.literal(name) }), `OpenAI made the project ${name}.`),
  }
}

function renameWay({ name, subject }: ChangeRequest): OpenAiWrite | null {
  if (name === null) return null
  const { externalId } = subject
  return {
    says: 'Renames the project. Its id and its keys do not change.',
    send: (api, options) => api.projects.update(externalId, { name }, options),
    read: whenAnswer(repeating({ id: externalId, name }), 'OpenAI reports the new name.'),
  }
}

/**
 * The roles that the API takes for members and invites (admin API reference). Others are roles of an organization's
 * own, which it assigns by ids that no list here holds.
 */
export const ORGANIZATION_ROLES = ['owner', 'reader'] as const
export const PROJECT_ROLES = ['owner', 'member'] as const

function inviteWay({ email, role, memberships }: ChangeRequest): OpenAiWrite | null {
  const given = pickOne(ORGANIZATION_ROLES, role)
  const projects = memberships.flatMap(({ project, role: within }) => {
    const word = pickOne(PROJECT_ROLES, within)
    return word === undefined ? [] : [{ id: project.externalId, role: word }]
  })
  if (email === null || given === undefined || projects.length < memberships.length) return null
  return {
    says:
      projects.length === 0
        ? 'Sends an invite without projects.'
        : `Sends an invite into ${projects.length === 1 ? 'one project' : counted(projects.length, 'project')}, and no other.`,
    // Without the list of projects the invite would lead into the default project.
    send: (api, options) => api.invites.create({ email, role: given, projects }, options),
    read: whenAnswer(z.looseObject({ id, email: sameEmail(email) }), `OpenAI sent the invite to ${email}.`),
  }
}

function memberWay({ subject, project, role }: ChangeRequest): OpenAiWrite | null {
  const given = pickOne(PROJECT_ROLES, role)
  if (subject.kind !== 'user' || project === null || given === undefined) return null
  const { externalId } = subject
  return {
    says: `Adds the member to the project ${project.name} as ${given}.`,
    send: (api, options) =>
      api.projects.users.create(project.externalId, { user_id: externalId, role: given }, options),
    read: whenAnswer(repeating({ id: externalId, role: given }), `OpenAI reports the role ${given}.`),
  }
}

/** OpenAI takes no longer lifetime of a key. */
const LONGEST_DAYS = 365

/** The addition of a request for a key that is to expire, and the words of its preview. */
export function getExpiry({ lifetimeDays }: ChangeRequest): {
  readonly body: { readonly expires_in_seconds?: number }
  readonly says: string
} {
  if (lifetimeDays === null) return { body: {}, says: ' It does not expire.' }
  const days = Math.min(lifetimeDays, LONGEST_DAYS)
  return {
    body: { expires_in_seconds: days * DAY_SECONDS },
    says: ` It expires after ${counted(days, 'day')}.`,
  }
}

function accountWay(request: ChangeRequest): OpenAiWrite | null {
  const { project, name } = request
  if (project === null || name === null) return null
  const expiry = getExpiry(request)
  return {
    says: `Makes a service account with a key in the project ${project.name}. The key is shown once.${expiry.says}`,
    send: (api, options) => api.projects.serviceAccounts.create(project.externalId, { name, ...expiry.body }, options),
    read: (answer) => {
      const account = parseRow(newAccount, answer)
      return account === null ? null : findNewSecret(account.api_key)
    },
  }
}

function keyWay(request: ChangeRequest): OpenAiWrite | null {
  const { subject, project, name } = request
  if (project === null || subject.kind !== 'service-account') return null
  const expiry = getExpiry(request)
  return {
    says: `Makes a key of the service account in the project ${project.name}. It is shown once.${expiry.says}`,
    send: (api, options) =>
      api.projects.serviceAccounts.apiKeys.create(
        subject.externalId,
        { project_id: project.externalId, name: name ?? subject.name, ...expiry.body },
        options,
      ),
    read: findNewSecret,
  }
}

const newKey = z.looseObject({ id, name: z.string(), value: z.string().min(1) })
const newAccount = z.looseObject({ id, name: z.string(), api_key: z.unknown() })

/** The answer to the making of a key; null for any that holds none. */
export function findNewSecret(answer: unknown): WriteAnswer | null {
  const made = parseRow(newKey, answer)
  return made === null
    ? null
    : { says: `OpenAI made the key ${made.id}.`, secret: { value: made.value, name: made.name, externalId: made.id } }
}
