import type { Terminal } from './terminal.ts'
import { Failed, Misuse } from './failure.ts'

/** Longer than any credential or recovery code. */
const LONGEST = 8192

/**
 * Reads a secret from standard input: all of it from a file or a pipe, one line without echo from a keyboard. White
 * space around it is dropped. Secrets never come from the command line, which every user of the machine can read.
 */
export async function readSecret(terminal: Terminal, question: string, longest = LONGEST): Promise<string> {
  const text = terminal.stdin.isTTY
    ? await askWithoutEcho(terminal, question, longest)
    : await readAll(terminal.stdin, longest)
  return text.trim()
}

/** Reads an admin key from standard input. Throws `Misuse` for none. */
export async function givenSecret({ terminal }: { readonly terminal: Terminal }): Promise<string> {
  const secret = await readSecret(terminal, 'Admin key')
  if (secret === '') throw new Misuse('No credential was given.', 'Pass the admin key on standard input.')
  return secret
}

async function readAll(stdin: NodeJS.ReadStream, longest: number): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length > longest) throw new Misuse('Standard input contains more than one credential.', 'Pass only the secret.')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

const ENTER = new Set(['\r', '\n'])
const END_OF_INPUT = '\u0004'
const INTERRUPT = '\u0003'
const ERASE = new Set(['\u007f', '\b'])

async function askWithoutEcho(terminal: Terminal, question: string, longest: number): Promise<string> {
  const { stdin } = terminal
  const ask = (text: string): Promise<void> => (terminal.ask === undefined ? terminal.err(text) : terminal.ask(text))
  await ask(`${question} (not shown): `)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  try {
    return await new Promise((resolve, reject) => {
      const typed: string[] = []
      const take = (text: string): void => {
        for (const character of text) {
          if (ENTER.has(character) || character === END_OF_INPUT) {
            stdin.off('data', take)
            resolve(typed.join(''))
            return
          }
          if (character === INTERRUPT) {
            stdin.off('data', take)
            reject(new Failed('Stopped before anything was read.'))
            return
          }
          if (ERASE.has(character)) typed.pop()
          else if (typed.length < longest) typed.push(character)
        }
      }
      stdin.on('data', take)
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    await ask('\n')
  }
}
