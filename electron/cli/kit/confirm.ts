import { Failed, Misuse } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Throws `Failed` if a row is not in the register. */
export function checkFound(isFound: boolean, what: string, id: unknown): void {
  if (!isFound) throw new Failed(`${what} ${String(id)} is not in the register.`, 'Nothing was changed.')
}

/** True if a person at a keyboard can be asked. */
export function canAsk({ stdin, showsProgress }: Terminal): boolean {
  return stdin.isTTY && showsProgress
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
