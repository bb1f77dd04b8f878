import type { FakeAnthropicOrganization, FakeWorkspace } from './anthropic-organization.ts'
import type { FakeRequest } from './http.ts'
import type { Variant } from './variants.ts'

type Row = Readonly<Record<string, unknown>>
type O = FakeAnthropicOrganization

/** The version of the API whose rows third parties have recorded, and which gateways still ask for. */
export const OLD_VERSION = '2023-06-01'

export function defaultId({ workspaces }: O): string | undefined {
  return workspaces.find(({ isDefault }) => isDefault)?.row.id
}

/** Live servers send an OAuth token's rows only to a bearer; keys are accepted in either header. */
export function takesHeader(variant: Variant, request: FakeRequest, credential: string): boolean {
  return variant === 'calm' || !credential.startsWith('sk-ant-oat') || request.headers['x-api-key'] === undefined
}

/**
 * A key in the form of the requested version. The older one has the workspace at the top of the row, null for the
 * default one, and knows no scope, principal or expiry; what third parties recorded live has that form.
 */
export function keyRow(organization: O, request: FakeRequest, variant: Variant, key: unknown): unknown {
  const row = key as Row & { readonly scope?: { readonly type?: string; readonly workspace_id?: string } }
  const workspace = row.scope?.workspace_id ?? null
  const named = workspace === defaultId(organization) ? null : workspace
  if (variant === 'live' && row.scope?.type === 'workspace') {
    const { scope: _scope, principal: _principal, expires_at: _expiry, ...old } = row
    return { ...old, workspace_id: named }
  }
  if (variant === 'documented') {
    return { expires_at: null, partial_key_hint: null, created_by: null, principal: null, type: 'api_key', ...row }
  }
  return request.headers['anthropic-version'] === OLD_VERSION ? { ...row, workspace_id: named } : row
}

/** The default workspace is listed on request only, and by servers of the older version never. */
export function listedWorkspaces({ workspaces }: O, request: FakeRequest, variant: Variant): readonly FakeWorkspace[] {
  const asked = (name: string): boolean => request.query.get(name) === 'true'
  return workspaces.filter(
    ({ row, isDefault }) =>
      (asked('include_archived') || row['archived_at'] === null) &&
      (!isDefault || (asked('include_default') && variant !== 'live')),
  )
}

/** The older reports mean the default workspace by null (workspaces guide). */
export function reportedWorkspace(organization: O, variant: Variant, project: string | null): string | null {
  return variant !== 'calm' && project === defaultId(organization) ? null : project
}

/** The newer reports were seen in no record of a live server yet. */
export function hasAnalytics({ analytics }: O, variant: Variant): boolean {
  return analytics && variant !== 'live'
}
