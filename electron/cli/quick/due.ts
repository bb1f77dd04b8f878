import { readDueOnce } from '../../service/process/due-once.ts'
import type { OpenService } from '../../service/process/open.ts'
import { resolveProfile } from '../../service/profile/place.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { printReadyJson } from '../kit/ready-json.ts'
import type { Terminal } from '../kit/terminal.ts'
import { shownJsonBytes } from '../kit/text/shown.ts'
import { parseTime } from '../kit/time-option.ts'
import { parseWords } from './words.ts'

interface DueQuestion {
  readonly client?: string
  readonly profile?: string
  readonly within?: number
}

/**
 * Answers `castellan due --json`, which scripts run often, without loading the other verbs, the operations and the schemas of their
 * inputs. Returns null, before anything is printed, for a command line with any other option, and for a profile that
 * needs a message: the whole program answers then. `settle` reports what fails later; secrets come from
 * the operating system's keychain unless given.
 */
export async function answerDue(
  argv: readonly string[],
  given: Terminal,
  settle: (error: unknown) => Promise<ExitCode>,
  secrets?: OpenService['secrets'],
): Promise<ExitCode | null> {
  const asked = parse(argv)
  if (asked === null || given.env['CREDENTIALS_DIRECTORY']) return null
  let hasPrinted = false
  const out: Terminal['out'] = (text) => {
    hasPrinted = true
    return given.out(typeof text === 'string' ? text : shownJsonBytes(text))
  }
  try {
    const profile = resolveProfile(asked.profile, given.env)
    const { client, within } = asked
    return await readDueOnce({ profile, secrets, client, within, now: () => given.now() }, async (slices) => {
      await printReadyJson({ out }, slices)
      return EXIT.done
    })
  } catch (error) {
    return hasPrinted ? settle(error) : null
  }
}

/** Parses the command line; null where it has anything but `due --json` and the options of `DueQuestion`, each once. */
function parse(argv: readonly string[]): DueQuestion | null {
  const found = parseWords(argv, 'due', OPTIONS)
  if (found === null || !found.flags.has('--json')) return null
  const { within, ...asked } = found.values
  if (within === undefined) return asked
  const days = parseTime(within)
  return days === null ? null : { ...asked, within: days }
}

const OPTIONS = { flags: ['--json'], named: ['client', 'profile', 'within'] } as const
