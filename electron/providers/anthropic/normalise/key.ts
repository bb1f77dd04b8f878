import { z } from 'zod'

import type { KeyFact, KeyOwner, PrincipalFact, ProjectFact } from '../../../../shared/domain/facts.ts'
import { toExpiry, toInstant, id, optionalId, parseRow, part, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { defaultWorkspace } from './workspace.ts'

/**
 * Claude Code as a tool that makes keys. When the first member signs in to it with a Console account, Anthropic makes a
 * workspace of this name; each sign-in makes one key there for that member, which stops working when the member is
 * removed from the workspace or the organization, and keys cannot be made there in the console (workspaces guide).
 */
export const CLAUDE_CODE = 'Claude Code'

/** How live servers name these keys: the member's name or address, and four letters. Nothing else in the API marks them. */
const KEY_NAME = /^claude_code_key_/u

/** True if Claude Code made a key. Both marks are needed: anyone can use either name for something else. */
function isOfClaudeCode(keyName: string | null, workspace: ProjectFact | undefined): boolean {
  return workspace?.name === CLAUDE_CODE && KEY_NAME.test(keyName ?? '')
}

const keyRow = z.object({
  id,
  name: text,
  status: word,
  created_at: raw,
  expires_at: raw,
  partial_key_hint: text,
  created_by: part(z.object({ id, type: word })),
  principal: part(z.object({ type: word, user_id: optionalId, service_account_id: optionalId })),
  scope: part(z.object({ type: word, workspace_id: optionalId })),
  workspace_id: optionalId,
})

type KeyRow = z.output<typeof keyRow>

/** The known users of the organization when its keys are read. */
export interface Members {
  readonly users: ReadonlyMap<string, PrincipalFact>
  /** True if `users` is the whole list, so that someone missing from it has left. */
  readonly whole: boolean
  readonly workspaces: ReadonlyMap<string, ProjectFact>
}

/** One key of the organization. Anthropic does not report when a key was last used. */
export function keyReading(row: unknown, members: Members): Reading {
  const key = parseRow(keyRow, row)
  if (key === null) return UNREADABLE
  const left: Omission[] = []
  const ofOrganization = key.scope?.type === 'organization'
  const unlisted = isOfDefault(key, row) ? defaultWorkspace(members.workspaces.values()) : null
  const project = ofOrganization ? null : (key.scope?.workspace_id ?? key.workspace_id ?? unlisted?.externalId ?? null)
  const isTool = isOfClaudeCode(key.name, project === null ? undefined : members.workspaces.get(project))
  const fact: KeyFact = {
    type: 'key',
    externalId: key.id,
    kind: ofOrganization ? 'organization' : 'project',
    name: key.name ?? key.id,
    hint: key.partial_key_hint,
    status: key.status ?? 'unknown',
    project,
    ...(isTool ? toolOwnership(key, members) : ownership(key, members)),
    ownerAccess: null,
    createdAt: toInstant(key, 'created_at', left),
    lastUse: { state: 'not-reported' },
    expiresAt: toExpiry(key, 'expires_at', left),
    ...(isTool ? { tool: CLAUDE_CODE } : {}),
  }
  // A default workspace that no list contains comes with its keys.
  const isNew = unlisted !== null && !members.workspaces.has(unlisted.externalId)
  return { id: key.id, facts: isNew ? [unlisted, fact] : [fact], left }
}

/** The older version of the API has the workspace at the top of the row, and null there for the default one. */
function isOfDefault(key: KeyRow, row: unknown): boolean {
  return (
    key.scope === null && typeof row === 'object' && row !== null && 'workspace_id' in row && row.workspace_id === null
  )
}

/** A key of Claude Code belongs to one person and ends with their access; it never outlives them. */
function toolOwnership(key: KeyRow, members: Members): Pick<KeyFact, 'ownerState' | 'owner'> {
  const made = key.created_by === null ? null : getOwner(key.created_by.id, 'user', members)
  const owner = boundTo(key, members) ?? made
  return { ownerState: owner === null ? 'unknown' : 'known', owner }
}

/**
 * A key bound to a person or service account has that owner. A key of a workspace is bound to no one and outlives its
 * creator: while the creator is a member, the creator is asked; when the creator has left, the key has no owner.
 * Without a creator the provider reports nothing.
 */
function ownership(key: KeyRow, members: Members): Pick<KeyFact, 'ownerState' | 'owner'> {
  const bound = boundTo(key, members)
  if (bound !== null) return { ownerState: 'known', owner: bound }
  if (key.created_by === null) return { ownerState: 'unknown', owner: null }
  const { id, type } = key.created_by
  const owner = getOwner(id, type === 'service_account' ? 'service-account' : 'user', members)
  const hasLeft = owner.kind === 'user' && members.whole && !members.users.has(id)
  return { ownerState: hasLeft ? 'none' : 'known', owner }
}

function boundTo({ principal }: KeyRow, members: Members): KeyOwner | null {
  if (principal === null) return null
  if (principal.service_account_id !== null) return getOwner(principal.service_account_id, 'service-account', members)
  return principal.user_id === null ? null : getOwner(principal.user_id, 'user', members)
}

function getOwner(externalId: string, kind: KeyOwner['kind'], { users }: Members): KeyOwner {
  const user = users.get(externalId)
  return { externalId, kind, name: user?.name ?? null, email: user?.email ?? null }
}
