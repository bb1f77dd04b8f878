import type { Answer, Options } from '../kit/calls.ts'
import type { LogSpan } from '../kit/open-log.ts'
import { listBy, type List, type PageShape, withRoutes } from '../kit/list.ts'
import type { Organization } from './client.ts'

/** The documented maximum of the lists that state one; asked of all. */
const PAGE = 100

interface Page {
  readonly limit: number
  readonly after?: string
}

function list(shape: PageShape, ask: (page: Page, options: Options) => Answer): List {
  return listBy({ shape, limit: PAGE, cursor: 'after', query: {} }, ask)
}

/** Every list that a sync reads, by the shape of its pages. */
export function openAiLists(api: Organization) {
  return withRoutes({
    projects: (includeArchived: boolean) =>
      list('id', (page, options) => api.projects.list({ ...page, include_archived: includeArchived }, options)),
    users: () => list('id', (page, options) => api.users.list(page, options)),
    invites: () => list('id', (page, options) => api.invites.list(page, options)),
    adminKeys: () => list('id', (page, options) => api.adminAPIKeys.list(page, options)),
    roles: () => list('next', (page, options) => api.roles.list(page, options)),
    groups: () => list('next', (page, options) => api.groups.list(page, options)),
    groupUsers: (group: string) => list('next', (page, options) => api.groups.users.list(group, page, options)),
    groupRoles: (group: string) => list('next', (page, options) => api.groups.roles.list(group, page, options)),
    userRoles: (user: string) => list('next', (page, options) => api.users.roles.list(user, page, options)),
    certificates: () => list('id', (page, options) => api.certificates.list(page, options)),
    projectCertificates: (project: string) =>
      list('id', (page, options) => api.projects.certificates.list(project, page, options)),
    identityProviders: () => list('id', (page, options) => api.workloadIdentityProviders.list(page, options)),
    federationRules: (provider: string) =>
      list('id', (page, options) => api.workloadIdentityProviders.federationRules.list(provider, page, options)),
    spendAlerts: () => list('id', (page, options) => api.spendAlerts.list(page, options)),
    projectUsers: (project: string) => list('id', (page, options) => api.projects.users.list(project, page, options)),
    projectRoles: (project: string) => list('next', (page, options) => api.projects.roles.list(project, page, options)),
    /** Roles of users and of service accounts alike. */
    projectUserRoles: (project: string, user: string) =>
      list('next', (page, options) => api.projects.users.roles.list(user, { ...page, project_id: project }, options)),
    projectGroups: (project: string) =>
      list('next', (page, options) => api.projects.groups.list(project, page, options)),
    projectGroupRoles: (project: string, group: string) =>
      list('next', (page, options) => api.projects.groups.roles.list(group, { ...page, project_id: project }, options)),
    projectServiceAccounts: (project: string) =>
      list('id', (page, options) => api.projects.serviceAccounts.list(project, page, options)),
    /** `any`: without it the provider hides keys of people who lost the project, the very ones to find. */
    projectKeys: (project: string) =>
      list('id', (page, options) =>
        api.projects.apiKeys.list(project, { ...page, owner_project_access: 'any' }, options),
      ),
    projectRateLimits: (project: string) =>
      list('id', (page, options) => api.projects.rateLimits.listRateLimits(project, page, options)),
    /** Seconds: the whole of the first and the last one. */
    auditLog: ({ from, to }: Pick<LogSpan, 'from' | 'to'>) =>
      list('id', (page, options) =>
        api.auditLogs.list(
          { ...page, effective_at: { gte: Math.floor(from / 1000), lte: Math.ceil(to / 1000) } },
          options,
        ),
      ),
    projectSpendAlerts: (project: string) =>
      list('id', (page, options) => api.projects.spendAlerts.list(project, page, options)),
  })
}

export type OpenAiLists = ReturnType<typeof openAiLists>
