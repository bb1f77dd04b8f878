import { snippetsContract } from '../../../shared/contract/snippets.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { nameExpression } from '../../../shared/domain/snippets/name-expression.ts'
import { organizationMap } from '../../../shared/domain/snippets/organization-map.ts'
import { projectSnippets } from '../../../shared/domain/snippets/project-snippet.ts'
import { getConnection, listConnections } from '../../register/connections/connection.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import { projectRows } from '../../register/access/projects.ts'
import { checkScope, findClientId, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { invalid, notFound, READ_AGAIN } from '../kit/refusal.ts'

const os = implementArea({ snippets: snippetsContract })

export const snippetsRouter = {
  project: os.snippets.project.handler(({ context, input }) => {
    const reader = getReader(context)
    const [row] = projectRows(reader, [input.projectId], context.now())
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
        `No snippet exists for ${providerName(provider)}.`,
        'Ask its vendor how a program selects a project.',
      )
    }
    const { projectId: id, name, externalId } = row
    return { project: { id, name, externalId }, connection: row.connection, ...snippets }
  }),
  map: os.snippets.map.handler(({ context, input }) => {
    checkScope(context, input)
    const organizations = listConnections(getReader(context), input).flatMap(({ client, provider, organizationId }) =>
      organizationId === null ? [] : [{ client: client.slug, provider, organization: organizationId }],
    )
    return { organizations: organizations.length, ...organizationMap(organizations) }
  }),
  naming: os.snippets.naming.handler(({ context, input }) => {
    const client = input.client === undefined ? undefined : findClientId(context, input.client)
    const { keyNamePattern } = effectivePolicy(getReader(context), client)
    return { pattern: keyNamePattern, ...nameExpression(keyNamePattern) }
  }),
}
