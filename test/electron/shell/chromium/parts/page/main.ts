/** The page of the shell's trials: takes the port as the product's window does, and leaves the caller where tests reach it. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

import { wireSerializers } from '../../../../../../shared/contract/wire.ts'

window.addEventListener('message', (event) => {
  if (event.data !== 'castellan:port') return
  const port = event.ports[0]
  if (port === undefined) return
  port.start()
  const api = createORPCClient(new RPCLink({ port, customJsonSerializers: [...wireSerializers] }))
  Object.assign(window, { api })
  const state = document.querySelector('#state')
  if (state !== null) state.textContent = 'joined'
})
window.postMessage('castellan:hello', location.origin)
