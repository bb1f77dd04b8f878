import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import type { Verdict } from '../../../shared/contract/evidence.ts'
import { judgeVerdict, type Outcome, signerWords } from '../../../shared/report/evidence-checks.ts'
import { profilePaths } from '../../service/profile/paths.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

export const define: DefineVerb = (command, act) => {
  command
    .argument(
      '[pack...]',
      'the folder or the zip of an evidence pack; with --register: earlier packs to compare it with',
    )
    .option('--key <fingerprint>', 'the key that must have signed the pack: its SHA-256, as VERIFY.md shows it')
    .option('--register', 'check this profile’s register instead: its audit log, and its reviews against it')
    .addHelpText(
      'after',
      '\nExits with 4 when something was changed, contradicts itself or is signed by a key other than --key; with 5 when a pack' +
        '\nis signed by a key that this profile does not know; with 1 when it cannot be read.' +
        '\nsigner: given, other, own, unknown, not-compared' +
        '\nJSON keys: ok, problems (file, row, says), rows, fingerprint, signer, checked, unchecked, checkedAt\n',
    )
  act<{ readonly register?: true; readonly key?: string }, [readonly string[]]>(
    command,
    async (run, options, given) => {
      const { register, key } = options
      const [pack] = given
      if (register !== undefined) {
        if (key !== undefined) throw new Misuse('--key is for a pack.', 'castellan verify PACK --key FINGERPRINT')
        const packs = given.map((each) => resolve(run.terminal.cwd, each))
        const verdict = await run.withApi('read', (api) => api.evidence.verifyRegister({ packs }))
        return tell(run, verdict, 'the audit log and the reviews of this register')
      }
      if (pack === undefined || given.length > 1) {
        throw new Misuse(
          'It is not clear what to verify: one pack, or the register.',
          'castellan verify PACK, or castellan verify --register [PACK…]',
        )
      }
      // A pack is checked on its own: an auditor has no register, and needs none.
      const { verifyPack } = await import('../../service/evidence/verify-pack.ts')
      const own = key === undefined ? await ownKeys(run) : []
      const found = await verifyPack(resolve(run.terminal.cwd, pack), { key, own })
      return tell(run, { ...found, checkedAt: run.terminal.now() }, 'the pack')
    },
  )
}

/** The keys that the profile's register has recorded; none without a register, or where it cannot be opened. */
async function ownKeys(run: Run): Promise<readonly string[]> {
  if (!existsSync(profilePaths(run.profile).register)) return []
  try {
    return await run.withApi('read', (api) => api.evidence.signers())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await run.terminal.err(`The keys of this profile cannot be read: ${shown(reason)}\n`)
    return []
  }
}

const MARKS: Readonly<Record<Outcome['kind'], string>> = { sound: '✓', unknown: '!', unsound: '✗' }

async function tell(run: Run, verdict: Verdict, what: string): Promise<ExitCode> {
  const { terminal } = run
  const { ok, problems, rows, fingerprint, signer, checked, unchecked } = verdict
  const { kind, words } = judgeVerdict(verdict)
  if (run.json) await printObject(terminal, { ...verdict, checkedAt: isoTime(verdict.checkedAt) })
  else {
    const signed = signerWords(signer)
    await printLines(terminal, [
      `${MARKS[kind]} ${words.charAt(0).toLowerCase()}${words.slice(1)}: ${what}${ok ? `, ${counted(rows, 'row')}` : ''}`,
      ...problems.map(({ file, row, says }) => `  ${shown(row === null ? file : `${file}:${row}`)}  ${shown(says)}`),
      `Checked: ${checked.join('; ')}.`,
      `Not checked: ${unchecked.join('; ')}.`,
      ...(fingerprint === null ? [] : [`Key ${fingerprint}`]),
      ...(signed === null ? [] : [signed]),
    ])
  }
  return EXITS[kind]
}

const EXITS = { sound: EXIT.done, unknown: EXIT.unknownSigner, unsound: EXIT.found } as const
