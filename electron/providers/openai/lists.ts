import type { List, PageAsk, PageShape } from '../kit/paging.ts'
import { withRoutes } from '../kit/routes.ts'
import type { Organization } from './client.ts'

/** The documented maximum of the lists that state one; asked of all. */
const PAGE = 100

interface Page {
  limit: number
  after?: string
}

type Ask = (page: Page, options: { readonly signal: AbortSignal }) => { asResponse(): Promise<Response> }

function list(shape: PageShape, ask: Ask): List {
  return { shape, limit: PAGE, send: (wanted, options) => ask(pageOf(wanted), options) }
}

function pageOf({ limit, cursor }: PageAsk): Page {
  return cursor === null ? { limit } : { limit, after: cursor }
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
    projectSpendAlerts: (project: string) =>
      list('id', (page, options) => api.projects.spendAlerts.list(project, page, options)),
  })
}

export type OpenAiLists = ReturnType<typeof openAiLists>
