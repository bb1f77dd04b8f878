import { builtInRole, type FakeOpenAiOrganization, type FakeProject } from './openai-organization.ts'
import { nextPage } from './openai-pages.ts'
import { inProject, noSuch } from './openai-routes.ts'
import { findId, type Route } from './routes.ts'

/** The word of the list of users or service accounts, as a role; an account made without roles has none. */
function listedRole({ users, serviceAccounts }: FakeProject, member: string): unknown[] | null {
  const row = [...users, ...serviceAccounts].find((one) => findId(one) === member) as { role?: string } | undefined
  if (row === undefined) return null
  return row.role === undefined || row.role === 'none' ? [] : [builtInRole(row.role)]
}

/** These paths lack `/organization`, as at the provider. Service accounts are asked for like users. */
export const OPENAI_PROJECT_ROLES: readonly Route<FakeOpenAiOrganization>[] = [
  inProject('/projects/:project/roles', ({ roles }, request) => nextPage(request, roles)),
  inProject('/projects/:project/users/:user/roles', (project, request, { user = '' }) => {
    const listed = listedRole(project, user)
    return listed === null ? noSuch('user') : nextPage(request, [...listed, ...(project.userRoles[user] ?? [])])
  }),
]
