import { providerName } from '../../../shared/domain/provider.ts'
import { nameExpression } from '../../../shared/domain/snippet/name-expression.ts'
import { organizationMap } from '../../../shared/domain/snippet/organization-map.ts'
import { projectSnippets } from '../../../shared/domain/snippet/project-snippet.ts'
import { getConnection, listConnections } from '../../register/connection.ts'
import { effectivePolicy } from '../../register/policy.ts'
import { projectRows } from '../../register/projects.ts'
import { checkScope, clientIdOf, readerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, notFound, READ_AGAIN } from '../refusal.ts'

export const snippetsRouter = {
  project: os.snippets.project.handler(({ context, input }) => {
    const reader = readerOf(context)
    const [row] = projectRows(reader, [input.projectId])
    const connection = row === undefined ? null : getConnection(reader, row.connection.id)
    if (row === undefined || connection === null) throw notFound(`The project ${input.projectId}`, READ_AGAIN)
    const { provider, organizationId, baseUrl } = connection
    const snippets = projectSnippets({
      provider,
      organizationId,
      baseUrl,
      project: { id: row.externalId, name: row.name },
    })
    if (snippets === null) {
      throw invalid(
        'projectId',
        `There is no snippet for ${providerName(provider)}.`,
        'Ask its vendor how a program selects a project.',
      )
    }
    const { projectId: id, name, externalId } = row
    return { project: { id, name, externalId }, connection: row.connection, ...snippets }
  }),
  map: os.snippets.map.handler(({ context, input }) => {
    checkScope(context, input)
    const organizations = listConnections(readerOf(context), input).flatMap(({ client, provider, organizationId }) =>
      organizationId === null ? [] : [{ client: client.slug, provider, organization: organizationId }],
    )
    return { organizations: organizations.length, ...organizationMap(organizations) }
  }),
  naming: os.snippets.naming.handler(({ context, input }) => {
    const client = input.client === undefined ? undefined : clientIdOf(context, input.client)
    const { keyNamePattern } = effectivePolicy(readerOf(context), client)
    return { pattern: keyNamePattern, ...nameExpression(keyNamePattern) }
  }),
}
