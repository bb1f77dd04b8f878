import type { Api } from '../../../shared/contract/contract.ts'
import { Failed, Misuse } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** The commands that remove something, with their consequences. They ask at a keyboard; elsewhere they need --yes. */
export const DESTRUCTIVE: Readonly<Record<string, string>> = {
  'client archive': 'removes the client from every list, until client restore',
  'connection remove': 'removes the connection and deletes its credential',
  'connection forget': 'deletes the credential',
  'budget clear': 'deletes the budget, so that its thresholds are checked no more',
  'person merge': 'makes two people one, until person split',
  'plan remove': 'removes the plan from every list, until plan bring-back',
  'rotation undo': 'undoes the newest recorded rotation of the key, so that its due day moves back',
  'log undo': 'undoes what the entry records, which not every later undo can bring back',
  'review cancel': 'cancels the review with all its decisions, for good',
  'team revoke': 'ends the access for good on the server and replaces its keys, while what was read stays readable',
  'usage folder remove': 'ends the watch of the folder',
  'usage price clear': 'deletes the price and estimates usage again',
  'usage import undo': 'takes all records of the import out of the sums',
}

type Exists = (api: Api, args: readonly unknown[]) => Promise<unknown>

const connection: Exists = (api, [id]) => api.connection.get({ id: Number(id) })

/** The subject of a question is looked for before it is asked; the rest is looked for by the command itself. */
const EXISTS: Readonly<Record<string, Exists>> = {
  'client archive': (api, [slug]) => api.client.get({ slug: String(slug) }),
  'connection remove': connection,
  'connection forget': connection,
  'budget clear': async (api, [id]) =>
    need(
      (await api.budgets.list({})).some((row) => row.budgetId === id),
      'Budget',
      id,
    ),
  'person merge': async (api, ids) => {
    for (const id of ids) await api.people.get({ personId: Number(id) })
  },
  'review cancel': (api, [id]) => api.reviews.get({ reviewId: Number(id) }),
  'usage folder remove': async (api, [id]) =>
    need(
      (await api.usageFolders.list({})).some((row) => row.folderId === id),
      'Folder',
      id,
    ),
  'usage price clear': async (api, [id]) =>
    need(
      (await api.prices.list({})).some((row) => row.priceId === id),
      'Price',
      id,
    ),
}

function need(exists: boolean, what: string, id: unknown): void {
  if (!exists) throw new Failed(`${what} ${String(id)} is not in the register.`, 'Nothing was changed.')
}

/** True if a person at a keyboard can be asked. */
export function canAsk({ stdin, showsProgress }: Terminal): boolean {
  return stdin.isTTY && showsProgress
}

/** Throws where what a command is to remove is not there. */
export async function checkExists(api: Api, path: string, args: readonly unknown[]): Promise<void> {
  await EXISTS[path]?.(api, args)
}

/** Throws `Misuse` where there is no keyboard to ask at, and `Failed` where the answer is not yes. */
export async function confirm(terminal: Terminal, path: string, what: string): Promise<void> {
  if (!canAsk(terminal)) {
    throw new Misuse(
      `Nothing was changed: castellan ${path} ${what}, and asks first.`,
      'To do it without being asked, add --yes.',
    )
  }
  await terminal.err(`This ${what}. Continue? [y/N] `)
  if (!/^y(?:es)?$/iu.test((await readLine(terminal.stdin)).trim())) throw new Failed('Nothing was changed.')
}

function readLine(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve) => {
    const settle = (text: Buffer | string): void => {
      stdin.off('data', settle)
      stdin.off('end', ended)
      stdin.pause()
      resolve(String(text))
    }
    const ended = (): void => settle('')
    stdin.on('data', settle)
    stdin.on('end', ended)
    stdin.resume()
  })
}
