import { looksSecret } from '../../../shared/domain/text/secret-look.ts'
import { readDueOnce } from '../../service/process/due-once.ts'
import type { OpenService } from '../../service/process/open.ts'
import { resolveProfile } from '../../service/profile/place.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { printReadyJson } from '../kit/ready-json.ts'
import type { Terminal } from '../kit/terminal.ts'
import { shownJsonBytes } from '../kit/text/shown.ts'
import { parseTime } from '../kit/time-option.ts'

interface Asked {
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

/** What the command line asks; null where it has anything but `due --json` and the options of `Asked`, each once. */
function parse(argv: readonly string[]): Asked | null {
  if (argv.some(looksSecret)) return null
  const words = [...argv]
  const asked: { client?: string; profile?: string; within?: number } = {}
  let [isDue, isJson] = [false, false]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'due' && !isDue) isDue = true
    else if (word === '--json') isJson = true
    else {
      const name = word === '--client' || word === '--profile' || word === '--within' ? word : null
      const value = words.shift()
      if (name === null || value === undefined || value === '' || value.startsWith('-')) return null
      const key = name.slice(2) as keyof Asked
      if (key in asked) return null
      if (key === 'within') {
        const days = parseTime(value)
        if (days === null) return null
        asked.within = days
      } else asked[key] = value
    }
  }
  return isDue && isJson ? asked : null
}
