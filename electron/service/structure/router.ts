import { structureContract } from '../../../shared/contract/structure.ts'
import { listConnections } from '../../register/connections/connection.ts'
import { readStructure } from '../../register/read/structure.ts'
import { checkScope, getReader } from '../core/context.ts'
import { countOnce } from '../core/structure-counts.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ structure: structureContract })

export const structureRouter = {
  tree: os.structure.tree.handler(async ({ context, input }) => {
    checkScope(context, input)
    const { answer: counts } = await countOnce(context, input.client)
    const reader = getReader(context)
    const structure = readStructure(reader, input, counts)
    const connections = Map.groupBy(listConnections(reader, input), (connection) => connection.client.slug)
    return [...connections.values()].flatMap((own) => {
      const client = own[0]?.client
      if (!client) return []
      return {
        client,
        connections: own.map((connection) => {
          const counts = structure.get(connection.id)
          return {
            id: connection.id,
            label: connection.label,
            provider: connection.provider,
            organizationId: connection.organizationId,
            organizationName: connection.organizationName,
            people: counts?.people ?? 0,
            keys: counts?.keys ?? 0,
            projects: [...(counts?.projects ?? [])],
          }
        }),
      }
    })
  }),
}
