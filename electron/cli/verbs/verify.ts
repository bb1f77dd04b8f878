import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { Verdict, VerifiedAct } from '../../../shared/contract/evidence.ts'
import { judgeVerdict, type Outcome, signerWords, teamWords } from '../../../shared/report/evidence-checks.ts'
import { profilePaths } from '../../service/profile/paths.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

export const define: DefineVerb = (command, act) => {
  command
    .about({
      calls: ['evidence.signers', 'evidence.verifyRegister --register'],
      example: ['evidence/acme-admins', '--register'],
    })
    .argument(
      '[pack...]',
      'the folder or the zip of an evidence pack; with --register: earlier packs to compare it with',
    )
    .option('--key <fingerprint>', 'the key that must have signed the pack: its SHA-256, as VERIFY.md shows it')
    .option('--root <root>', 'the root of the team of whose client the pack is, as VERIFY.md shows it')
    .option('--register', 'check this profile’s register instead: its audit log, and its reviews against it')
    .addHelpText(
      'after',
      '\nExits with 4 when something was changed, contradicts itself or is signed by a key other than --key, or of a team with' +
        '\na root other than --root; with 5 when a pack is signed by a key, or of a team, that this profile does not know; with 1 when it' +
        '\ncannot be read. A pack of a client of a team shows who signed and acknowledged its review, each by the key of their device.' +
        '\nsigner: given, other, own, team, unknown, not-compared' +
        '\nJSON keys: ok, problems (file, row, says), rows, fingerprint, signer, team (name, root, known, team, client, signed, acknowledged,' +
        '\nwrittenBy), checked, unchecked, checkedAt; of several packs an array of these, each with pack\n',
    )
  act<{ readonly register?: true; readonly key?: string; readonly root?: string }, [readonly string[]]>(
    command,
    async (run, options, given) => {
      const { register, key, root } = options
      const [pack] = given
      if (register !== undefined) {
        if (key !== undefined) throw new Misuse('--key is for a pack.', 'castellan verify PACK --key FINGERPRINT')
        if (root !== undefined) throw new Misuse('--root is for a pack.', 'castellan verify PACK --root ROOT')
        const packs = given.map((each) => resolve(run.terminal.cwd, each))
        const verdict = await run.withApi('read', (api) => api.evidence.verifyRegister({ packs }))
        return tell(run, verdict, 'the audit log and the reviews of this register')
      }
      if (pack === undefined) {
        throw new Misuse('What to verify is missing.', 'castellan verify PACK…, or castellan verify --register [PACK…]')
      }
      // A pack is checked on its own: an auditor has no register, and needs none.
      const { verifyPack } = await import('../../service/evidence/verify-pack.ts')
      const known = key === undefined && root === undefined ? await readKeys(run) : NO_KEYS
      const readPack = async (each: string): Promise<Verdict> => {
        const found = await verifyPack(resolve(run.terminal.cwd, each), { key, root, ...known })
        return { ...found, checkedAt: run.terminal.now() }
      }
      if (given.length === 1) return tell(run, await readPack(pack), 'the pack')
      const verdicts: PackVerdict[] = []
      for (const each of given) {
        const verdict = await readPack(each)
        verdicts.push({ pack: each, verdict })
        if (!run.json) await tell(run, verdict, shown(each))
      }
      if (run.json) {
        await printObject(
          run.terminal,
          verdicts.map((one) => ({ pack: one.pack, ...toPrinted(one.verdict) })),
        )
      }
      return findWorst(verdicts.map(({ verdict }) => EXITS[judgeVerdict(verdict).kind]))
    },
  )
}

const NO_KEYS: Outputs['evidence']['signers'] = { own: [], team: null }

/** The keys that the profile's register knows; none without a register, or where it cannot be opened. */
async function readKeys(run: Run): Promise<Outputs['evidence']['signers']> {
  if (!existsSync(profilePaths(run.profile).register)) return NO_KEYS
  try {
    return await run.withApi('read', (api) => api.evidence.signers())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await run.terminal.err(`The keys of this profile cannot be read: ${shown(reason)}\n`)
    return NO_KEYS
  }
}

const MARKS: Readonly<Record<Outcome['kind'], string>> = { sound: '✓', unknown: '!', unsound: '✗' }

async function tell(run: Run, verdict: Verdict, what: string): Promise<ExitCode> {
  const { terminal } = run
  const { ok, problems, rows, fingerprint, signer, team, checked, unchecked } = verdict
  const { kind, words } = judgeVerdict(verdict)
  if (run.json) await printObject(terminal, toPrinted(verdict))
  else {
    const signed = signerWords(signer)
    await printLines(terminal, [
      `${MARKS[kind]} ${words.charAt(0).toLowerCase()}${words.slice(1)}: ${what}${ok ? `, ${counted(rows, 'row')}` : ''}`,
      ...problems.map(({ file, row, says }) => `  ${shown(row === null ? file : `${file}:${row}`)}  ${shown(says)}`),
      `Checked: ${checked.join('; ')}.`,
      `Not checked: ${unchecked.join('; ')}.`,
      ...(fingerprint === null ? [] : [`Key ${fingerprint}`]),
      ...(signed === null ? [] : [signed]),
      ...(team === undefined ? [] : teamWords(team).map(({ label, words: fact }) => `${label}: ${shown(fact)}`)),
    ])
  }
  return EXITS[kind]
}

/** Times as people read them, in the JSON too. */
function toPrinted({ team, checkedAt, ...verdict }: Verdict) {
  const toAct = (act: VerifiedAct | null) => act && { ...act, at: isoTime(act.at) }
  const shownTeam = team && { ...team, signed: toAct(team.signed), acknowledged: toAct(team.acknowledged) }
  return { ...verdict, ...(shownTeam === undefined ? {} : { team: shownTeam }), checkedAt: isoTime(checkedAt) }
}

/** The verdict about one of several packs, by the name that the command line has for it. */
interface PackVerdict {
  readonly pack: string
  readonly verdict: Verdict
}

/** The codes of several packs, the worst last. */
const SEVERITY: readonly ExitCode[] = [EXIT.done, EXIT.unknownSigner, EXIT.found]

function findWorst(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY.findLast((code) => codes.includes(code)) ?? EXIT.done
}

const EXITS = { sound: EXIT.done, unknown: EXIT.unknownSigner, unsound: EXIT.found } as const
