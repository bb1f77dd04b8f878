import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a feed does with the requests for one file. */
export interface FeedFault {
  readonly name: string
  readonly status?: number
  readonly ignoresRange?: boolean
  /** Closes the connection after this many bytes; with `holds` it stays open, and nothing more comes. */
  readonly cutAfter?: number
  readonly holds?: boolean
}

export type FeedQuestion = { readonly type: 'spoil'; readonly fault: FeedFault | null } | { readonly type: 'list' }

export type FeedMessage =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'requests'; readonly requests: readonly string[] }

export interface Feed {
  readonly url: string
  /** Every request so far: the file, with the range where one was asked for. */
  requests(): Promise<readonly string[]>
  spoil(fault: FeedFault | null): Promise<void>
  close(): Promise<void>
}

/** Serves a folder, and those in it, from a process of its own, until it is closed. */
export async function startFeed(folder: string): Promise<Feed> {
  const child = fork(join(import.meta.dirname, 'feed-process.ts'), [folder], { execArgv: [] })
  const next = async (): Promise<FeedMessage> => ((await once(child, 'message')) as [FeedMessage])[0]
  const ask = async (question: FeedQuestion): Promise<readonly string[]> => {
    const answer = next()
    child.send(question)
    const message = await answer
    return message.type === 'requests' ? message.requests : []
  }
  const ready = await next()
  if (ready.type !== 'ready') throw new Error('The feed did not start.')
  return {
    url: `http://127.0.0.1:${ready.port}`,
    requests: () => ask({ type: 'list' }),
    spoil: async (fault: FeedFault | null) => void (await ask({ type: 'spoil', fault })),
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
