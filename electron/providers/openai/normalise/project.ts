import { z } from 'zod'

import type { PrincipalFact, ProjectFact } from '../../../../shared/domain/facts.ts'
import { OPENAI } from '../../../../shared/domain/providers/openai.ts'
import { projectGrant } from '../../kit/grants.ts'
import { toInstant, id, parseRow, raw, text, word } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const projectRow = z.object({
  id,
  name: text,
  status: word,
  created_at: raw,
  archived_at: raw,
  residency: text,
})

export function projectReading(row: unknown): Reading {
  const project = parseRow(projectRow, row)
  if (project === null) return UNREADABLE
  const left: Omission[] = []
  const archivedAt = toInstant(project, 'archived_at', left)
  const fact: ProjectFact = {
    type: 'project',
    externalId: project.id,
    name: project.name ?? project.id,
    status: isArchived(project) ? 'archived' : 'active',
    isDefault: project.name === OPENAI.defaultProjectName,
    createdAt: toInstant(project, 'created_at', left),
    archivedAt,
    residency: project.residency,
  }
  return { id: project.id, facts: [fact], left }
}

/** The word decides; without one that we know, the date does, even an invalid date. */
function isArchived({ status, archived_at: date }: { readonly status: string | null; readonly archived_at?: unknown }) {
  if (status === 'archived' || status === 'active') return status === 'archived'
  return date !== null && date !== undefined
}

const memberRow = z.object({ id, name: text, email: text, role: word, added_at: raw })

const NO_ROLE: Omission = 'A member without a role.'

/** One user of a project. The principal counts only where the list of users does not hold it. */
export function projectUserReading(row: unknown, project: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  const left: Omission[] = []
  const grantedAt = toInstant(member, 'added_at', left)
  const principal = stub({ externalId: member.id, kind: 'user', name: member.name, email: member.email })
  if (member.role === null) return { id: member.id, facts: [principal], left: [...left, NO_ROLE] }
  const grant = projectGrant('openai', project, { principal: member.id, roleRaw: member.role, grantedAt })
  return { id: member.id, facts: [principal, grant], left }
}

const accountRow = z.object({ id, name: text, role: word, created_at: raw })

/** OpenAI's word for a service account that was made without a role. */
const NONE = 'none'

/**
 * One service account of a project, with its role there. The role `none` is a role: the account exists without access,
 * unless it was given roles apart, to which the word gives way.
 */
export function serviceAccountReading(row: unknown, project: string): Reading {
  const account = parseRow(accountRow, row)
  if (account === null) return UNREADABLE
  const left: Omission[] = []
  const addedAt = toInstant(account, 'created_at', left)
  const known = stub({ externalId: account.id, kind: 'service-account', name: account.name, email: null })
  const principal: PrincipalFact = { ...known, addedAt }
  if (account.role === null) return { id: account.id, facts: [principal], left: [...left, NO_ROLE] }
  const grant = projectGrant('openai', project, { principal: account.id, roleRaw: account.role, grantedAt: addedAt })
  return { id: account.id, facts: [principal, account.role === NONE ? { ...grant, givesWay: true } : grant], left }
}
