import { REGISTER_TEXTS } from '../../../shared/domain/text/register-formats.ts'
import { readRegisterOnce } from '../../service/process/register-once.ts'
import type { OpenService } from '../../service/process/open.ts'
import { resolveProfile } from '../../service/profile/place.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { harmlessTerminal } from '../kit/harmless.ts'
import type { Terminal } from '../kit/terminal.ts'
import { parseWords } from './words.ts'

const OPTIONS = { flags: [], named: ['client', 'profile', 'format'] } as const

/**
 * Prints the register as `castellan register` does, without loading the other verbs and the operations. Returns null, before
 * anything is printed, in the cases in which `answerDue` does; so for `--out`, which writes a file.
 */
export async function answerRegister(
  argv: readonly string[],
  given: Terminal,
  settle: (error: unknown) => Promise<ExitCode>,
  secrets?: OpenService['secrets'],
): Promise<ExitCode | null> {
  const asked = parseWords(argv, 'register', OPTIONS)?.values
  const format = REGISTER_TEXTS.find((each) => each === (asked?.format ?? 'md'))
  if (asked === undefined || format === undefined || given.env['CREDENTIALS_DIRECTORY']) return null
  const terminal = harmlessTerminal(given)
  let hasPrinted = false
  try {
    const profile = resolveProfile(asked.profile, given.env)
    const once = { profile, secrets, client: asked.client, format, now: () => given.now() }
    return await readRegisterOnce(once, async (pieces) => {
      for (const piece of pieces) {
        hasPrinted = true
        await terminal.out(piece)
      }
      return EXIT.done
    })
  } catch (error) {
    return hasPrinted ? settle(error) : null
  }
}
