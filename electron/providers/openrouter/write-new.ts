import { z } from 'zod'

import { toSlug } from '../../../shared/domain/client.ts'
import { repeating, whenAnswer } from '../kit/answers.ts'
import { id, parseRow } from '../kit/rows.ts'
import type { WriteAnswer, Ways, ChangeRequest, Write } from '../kit/write.ts'
import { toPath } from '../kit/json-api.ts'
import type { OpenRouter } from './client.ts'

type OpenRouterWrite = Write<OpenRouter>

/** The creations and renamings of the API; a way is null where it does not do it. It sends no invites. */
export const OPENROUTER_CREATIONS: Ways<OpenRouter> = {
  'project-create': workspaceWay,
  'project-rename': renameWay,
  'project-member-add': memberWay,
  'service-account-create': keyWay,
}

/** Answers wrap what they are about: `{ data: { … } }`. */
export function about(values: Readonly<Record<string, string | number | boolean>>): z.ZodType {
  return z.looseObject({ data: repeating(values) })
}

function workspaceWay({ name }: ChangeRequest): OpenRouterWrite | null {
  const slug = toSlug(name ?? '')
  if (name === null || slug === '') return null
  return {
    says: 'Makes a workspace.',
    send: (api, options) => api.send('POST', '/workspaces', { name, slug }, options),
    read: whenAnswer(about({ name, slug }), `OpenRouter made the workspace ${name}.`),
  }
}

function renameWay({ name, subject }: ChangeRequest): OpenRouterWrite | null {
  if (name === null) return null
  const { externalId } = subject
  return {
    says: 'Renames the workspace. Its id, its address and its keys do not change.',
    send: (api, options) => api.send('PATCH', toPath`/workspaces/${externalId}`, { name }, options),
    read: whenAnswer(about({ id: externalId, name }), 'OpenRouter reports the new name.'),
  }
}

/** A role cannot be chosen: it follows from that in the organization (workspaces reference, add members). */
function memberWay({ subject, project, role }: ChangeRequest): OpenRouterWrite | null {
  if (subject.kind !== 'user' || project === null || role !== 'member') return null
  const { externalId: user } = subject
  return {
    says: `Adds the member to the workspace ${project.name}, with the role that follows from the role in the organization.`,
    send: (api, options) =>
      api.send('POST', toPath`/workspaces/${project.externalId}/members/add`, { user_ids: [user] }, options),
    read: whenAnswer(
      z.looseObject({ data: z.tuple([repeating({ user_id: user })]) }),
      'OpenRouter reports the membership.',
    ),
  }
}

/** OpenRouter has no service accounts: what a program uses is a key. */
function keyWay({ project, name }: ChangeRequest): OpenRouterWrite | null {
  if (project === null || name === null) return null
  return {
    says: `Makes a key in the workspace ${project.name}; OpenRouter has no service accounts. It is shown once.`,
    send: (api, options) => api.send('POST', '/keys', { name, workspace_id: project.externalId }, options),
    read: findNewSecret,
  }
}

const newKey = z.looseObject({ key: z.string().min(1), data: z.looseObject({ hash: id, name: z.string() }) })

/** The answer to the making of a key; null for any that holds none. */
export function findNewSecret(answer: unknown): WriteAnswer | null {
  const made = parseRow(newKey, answer)
  if (made === null) return null
  const { hash: externalId, name } = made.data
  return { says: `OpenRouter made the key ${externalId}.`, secret: { value: made.key, name, externalId } }
}
