import type { FakeAnswer, FakeRequest } from './http.ts'
import type { FakeOpenAiOrganization, FakeProject } from './openai-organization.ts'
import { openAiError } from './openai-pages.ts'
import { route, type Params, type Route } from './routes.ts'

type O = FakeOpenAiOrganization

export const noSuch = (what: string): FakeAnswer => openAiError(404, `No such ${what}.`, 'not_found')

export const get = (path: string, handle: Route<O>['handle']): Route<O> => route('GET', `/v1${path}`, handle)

/** A route inside a project. Most are closed once the project is archived. */
export function inProject(
  path: string,
  handle: (project: FakeProject, request: FakeRequest, params: Params) => FakeAnswer,
  evenArchived = false,
): Route<O> {
  return get(path, (organization, request, params) => {
    const project = organization.projects.find(({ row }) => row.id === params['project'])
    if (project === undefined) return noSuch('project')
    if (project.row['status'] === 'archived' && !evenArchived) {
      return openAiError(400, 'The project is archived.', 'project_archived')
    }
    return handle(project, request, params)
  })
}
