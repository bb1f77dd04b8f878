import type { Client } from 'pg'

import type { ServerAddress } from '../server.ts'
import { connect, toServerError } from './connect.ts'

/** How long a notice of this login to itself may take; where none comes, something between swallows them. */
const TRIAL_MS = 2000
/** A connection that slept hears nothing, and shows no error: it is asked each minute. */
const ALIVE_MS = 60_000
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1000, 60_000]

interface Listening {
  readonly isHeard: boolean
  readonly close: () => Promise<void>
}

/**
 * Listens on a connection of its own, and connects again where that breaks, calling back after each connect. `tell`: sends a notice to this
 * login over another connection, to try the way. Throws `TeamServerError` if the first connection fails.
 */
export async function listenForNotices(
  address: ServerAddress,
  tell: () => Promise<void>,
  onNotice: () => void,
): Promise<Listening> {
  let isClosed = false
  let pause = FIRST_PAUSE_MS
  let timer: NodeJS.Timeout | undefined
  let client: Client
  const open = async (): Promise<boolean> => {
    client = await connect(address)
    try {
      const isHeard = await tryNotice(client, tell)
      client.on('notification', onNotice)
      client.once('end', again)
      if (isClosed) await client.end()
      pause = FIRST_PAUSE_MS
      timer = setTimeout(() => void ask(), ALIVE_MS).unref()
      return isHeard
    } catch (error) {
      void client.end().catch(() => undefined)
      throw toServerError(error, `${address.host}:${address.port}`)
    }
  }
  const ask = async (): Promise<void> => {
    const asked = client
    try {
      await asked.query('SELECT')
      timer = setTimeout(() => void ask(), ALIVE_MS).unref()
    } catch {
      void asked.end().catch(() => undefined)
    }
  }
  const again = (): void => {
    clearTimeout(timer)
    if (isClosed) return
    timer = setTimeout(() => {
      open().then(onNotice, again)
    }, pause).unref()
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  const isHeard = await open()
  onNotice()
  return {
    isHeard,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await client.end().catch(() => undefined)
    },
  }
}

/** True if a notice arrives that this login sends to itself from another connection. */
async function tryNotice(client: Client, tell: () => Promise<void>): Promise<boolean> {
  const asked = await client.query<{ channel: string }>('SELECT channel FROM castellan.heads(NULL) LIMIT 1')
  const channel = asked.rows[0]?.channel ?? ''
  await client.query(`LISTEN "${channel.replaceAll('"', '""')}"`)
  const heard = new Promise<boolean>((resolve) => {
    const late = setTimeout(() => {
      resolve(false)
    }, TRIAL_MS)
    client.once('notification', () => {
      clearTimeout(late)
      resolve(true)
    })
  })
  await tell()
  return heard
}
