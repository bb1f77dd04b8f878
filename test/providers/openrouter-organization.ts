import type { FakeUse } from './use.ts'

/** An OpenRouter organization as a fake server holds it; see `openai-organization.ts`. */
export interface FakeOpenRouterOrganization {
  id: string | null
  /** Management keys that open it. */
  credentials: string[]
  /** Who made each management key, by the key; `user_ada` unless given. */
  makers?: Readonly<Record<string, string>>
  /** Keys that call models and open nothing. */
  inference: string[]
  members: unknown[]
  workspaces: FakeOpenRouterWorkspace[]
  /** Deposited keys of other providers; one whose workspace is null is in the list of each. */
  byok?: unknown[]
  /** Guardrails, and to which keys and members they are assigned. */
  guardrails?: unknown[]
  guardedKeys?: unknown[]
  guardedMembers?: unknown[]
  /** Groups of the identity provider, and their roles in workspaces. */
  groups?: unknown[]
  groupMappings?: unknown[]
  /** The source of activity. */
  use: FakeUse[]
}

export interface FakeOpenRouterWorkspace {
  row: { id: string } & Record<string, unknown>
  members: unknown[]
  keys: unknown[]
  budgets: unknown[]
}

export function openRouterWorkspace(
  known: Partial<FakeOpenRouterWorkspace> & Pick<FakeOpenRouterWorkspace, 'row'>,
): FakeOpenRouterWorkspace {
  return { members: [], keys: [], budgets: [], ...known }
}
