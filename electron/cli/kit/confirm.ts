import { Failed, Misuse } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** The commands that remove something, with their consequences. They ask at a keyboard; elsewhere they need --yes. */
export const DESTRUCTIVE: Readonly<Record<string, string>> = {
  'client archive': 'The client leaves every list; client restore brings it back.',
  'connection remove': 'The connection is removed and its credential is deleted.',
  'connection forget': 'The credential is deleted.',
  'budget clear': 'The budget is deleted; its thresholds are no longer checked.',
  'person merge': 'Two people become one; person split undoes it.',
  'plan remove': 'The plan leaves every list; plan bring-back brings it back.',
  'rotation undo': 'The newest recorded rotation of the key is undone: its due day moves back.',
  'review cancel': 'The review is cancelled with all its decisions, and is not opened again.',
  'team revoke': 'The access ends for good on the server, and its keys are replaced; what was read stays readable.',
  'usage folder remove': 'The folder is no longer watched.',
  'usage price clear': 'The price is deleted and usage is estimated again.',
  'usage import undo': 'All records of the import are removed from the sums.',
}

/** Throws `Misuse` where there is no keyboard to ask at, and `Failed` where the answer is not yes. */
export async function confirm(terminal: Terminal, path: string, what: string): Promise<void> {
  if (!terminal.stdin.isTTY || !terminal.showsProgress) {
    throw new Misuse(`castellan ${path} was not done. ${what}`, 'To do it without being asked, add --yes.')
  }
  await terminal.err(`${what} Continue? [y/N] `)
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
