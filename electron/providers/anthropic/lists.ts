import type { Answer, Options } from '../kit/calls.ts'
import type { LogSpan } from '../kit/open-log.ts'
import { listBy, type List, withRoutes } from '../kit/list.ts'
import type { Organization } from './client.ts'

/** The documented maximum of the lists that state one. The lists with page tokens choose their own size. */
const PAGE = 1000

/** The documented maximum of the activity feed. */
const ACTIVITIES = 5000

interface Page {
  readonly limit: number
  readonly after_id?: string
}

function byId(ask: (page: Page, options: Options) => Answer): List {
  return listBy({ shape: 'id', limit: PAGE, cursor: 'after_id', query: {} }, ask)
}

function byToken(ask: (page: { readonly page?: string }, options: Options) => Answer): List {
  return {
    shape: 'token',
    limit: PAGE,
    send: ({ cursor }, options) => ask(cursor === null ? {} : { page: cursor }, options),
  }
}

/** Every list that a sync reads, by the shape of its pages. */
export function anthropicLists({ stable, beta, get }: Organization) {
  return withRoutes({
    users: () => byId((page, options) => stable.users.list(page, options)),
    invites: () => byId((page, options) => stable.invites.list(page, options)),
    workspaces: (includeArchived: boolean) =>
      byId((page, options) =>
        stable.workspaces.list({ ...page, include_archived: includeArchived, include_default: true }, options),
      ),
    members: (workspace: string) => byId((page, options) => stable.workspaces.members.list(workspace, page, options)),
    keys: () => byId((page, options) => stable.apiKeys.list(page, options)),
    rateLimits: () => byToken((page, options) => stable.rateLimits.list(page, options)),
    workspaceRateLimits: (workspace: string) =>
      byToken((page, options) => stable.workspaces.rateLimits.list(workspace, page, options)),
    groups: () => byToken((page, options) => stable.rbacGroups.list(page, options)),
    groupMembers: (group: string) => byToken((page, options) => stable.rbacGroups.members.list(group, page, options)),
    roles: () => byToken((page, options) => stable.rbacRoles.list(page, options)),
    rolePermissions: (role: string) =>
      byToken((page, options) => stable.rbacRoles.permissions.list(role, page, options)),
    serviceAccounts: () => byToken((page, options) => stable.serviceAccounts.list(page, options)),
    accountWorkspaces: (account: string) =>
      byToken((page, options) => stable.serviceAccounts.workspaces.list(account, page, options)),
    /** Archived ones too: a rule of an archived issuer accepts no token. */
    issuers: () =>
      byToken((page, options) => stable.federation.issuers.list({ ...page, include_archived: true }, options)),
    federationRules: () => byToken((page, options) => stable.federation.rules.list(page, options)),
    /** The activity feed, which the SDK has no method for. */
    activities: ({ from, to }: Pick<LogSpan, 'from' | 'to'>) => {
      const times = { 'created_at.gte': new Date(from).toISOString(), 'created_at.lte': new Date(to).toISOString() }
      return listBy({ shape: 'id', limit: ACTIVITIES, cursor: 'after_id', query: times }, (query, options) =>
        get('/v1/compliance/activities', { query, ...options }),
      )
    },
    /** One row for each member and period. */
    effectiveLimits: () => byToken((page, options) => stable.spendLimits.effective.list(page, options)),
    /** One row for each member, summed from a day (`YYYY-MM-DD`) until today. */
    userActivity: (from: string) =>
      byToken((page, options) => stable.analytics.users.list({ starting_date: from, ...page }, options)),
    /** Claude Code on one day (`YYYY-MM-DD`), which the SDK has no method for. */
    claudeCode: (day: string) =>
      listBy({ shape: 'token', limit: PAGE, cursor: 'page', query: { starting_at: day } }, (query, options) =>
        get('/v1/organizations/usage_report/claude_code', { query, ...options }),
      ),
    spendLimits: () => byToken((page, options) => beta.spendLimits.list(page, options)),
  })
}

export type AnthropicLists = ReturnType<typeof anthropicLists>
