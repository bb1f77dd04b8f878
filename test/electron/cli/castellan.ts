import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { sessionOpener } from '../../../electron/cli/open-session.ts'
import { runCli } from '../../../electron/cli/program.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { fakeTerminal, type Faked } from './fake-terminal.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Standard output as JSON. */
  json<T = readonly Readonly<Record<string, unknown>>[]>(): T
}

export interface Castellan {
  readonly profile: string
  readonly run: (...argv: readonly string[]) => Promise<Ran>
  readonly runWith: (faked: Faked, ...argv: readonly string[]) => Promise<Ran>
}

/** The program on a profile of its own, in this process, with a store of secrets that lasts as long as the object. */
export function newCastellan(): Castellan {
  const profile = join(mkdtempSync(join(tmpdir(), 'castellan-cli-')), 'profile')
  const open = sessionOpener({ secrets: memoryStore('This test has no keychain.') })
  const runWith: Castellan['runWith'] = async (faked, ...argv) => {
    const terminal = fakeTerminal({ ...faked, env: { CASTELLAN_PROFILE: profile, ...faked.env } })
    const code = await runCli(argv, terminal, open)
    return {
      code,
      out: terminal.printed(),
      err: terminal.complained(),
      json: () => JSON.parse(terminal.printed()) as never,
    }
  }
  return { profile, run: (...argv) => runWith({}, ...argv), runWith }
}
