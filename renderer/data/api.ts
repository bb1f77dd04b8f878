import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { QueryClient } from '@tanstack/react-query'

import type { Api } from '../../shared/contract/contract.ts'
import { wireSerializers } from '../../shared/contract/wire.ts'
import { servicePort } from './port.ts'

let link: Promise<RPCLink<ClientContext>> | null = null

/** Waits for the port at the first call, so that a module may import the api before the window has its port. */
const linkWhenReady: ClientLink<ClientContext> = {
  async call(path, input, options) {
    link ??= servicePort().then((port) => new RPCLink({ port, customJsonSerializers: [...wireSerializers] }))
    try {
      return await (await link).call(path, input, options)
    } catch (error) {
      // After a failure the next call asks for the port again.
      void link?.catch(() => (link = null))
      throw error
    }
  },
}

/** Every operation of the contract. */
export const api: Api = createORPCClient(linkWhenReady)

/** Query and mutation options for each operation: `useQuery(query.client.list.queryOptions({ input: {} }))`. */
export const query = createTanstackQueryUtils(api)

/** Refetches everything on screen. It returns nothing to wait for, since the stream of syncs is refetched too, and never ends. */
export function refetchAll(client: QueryClient): void {
  void client.invalidateQueries()
}
