import { coverageContract } from '../../../shared/contract/coverage.ts'
import { PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { listConnections } from '../../register/connections/connection.ts'
import { lastSyncs } from '../../register/connections/sync-history.ts'
import { checkScope, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound } from '../kit/refusal.ts'
import { connectionCoverage, offersOf } from './coverage.ts'

const os = implementArea({ coverage: coverageContract })

export const coverageRouter = {
  list: os.coverage.list.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const { connection: only, provider } = input
    const inScope = listConnections(reader, input, only === undefined ? undefined : [only])
    if (only !== undefined && inScope.length === 0) {
      throw notFound(`Connection ${only}`, 'List the connections to see their numbers.')
    }
    const connections = inScope.filter((connection) => provider === undefined || connection.provider === provider)
    if (connections.length === 0) return (provider === undefined ? PROVIDER_IDS : [provider]).map(offersOf)
    const last = lastSyncs(
      reader,
      connections.map(({ id }) => id),
    )
    return connections.flatMap(({ id, label, provider: of, organizationId, client, platform }) => {
      const connection = { id, label, provider: of, organizationId }
      return connectionCoverage(reader, { connection, client, platform }, [last.get(id)?.lastSync ?? []].flat()) ?? []
    })
  }),
}
