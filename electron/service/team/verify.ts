import type { ComparedWitness, VerifiedLog } from '../../../shared/contract/team.ts'
import type { Witness } from '../../../shared/report/witness.ts'
import { checkHeld, compareHeads } from '../../team/compare.ts'
import type { TeamDevice } from '../../team/device.ts'
import { TeamServerError } from '../../team/server.ts'
import { type Context, getReader } from '../core/context.ts'
import type { Inputs, Outputs } from './contract.ts'
import { openTeam } from './open-team.ts'
import { listSlugs } from './people.ts'

/**
 * Computes the heads of all logs from their batches, reads every position from the server, and finds a head that was printed, or all that a file
 * prints. Throws `Refusal` INVALID for a file that prints none.
 */
export async function verifyTeam(
  context: Context,
  { head, path }: NonNullable<Inputs['verify']>,
): Promise<Outputs['verify']> {
  const printed = path === undefined ? [] : await (await import('./read-printed.ts')).readPrinted(path)
  const { device } = await openTeam(context)
  const { store } = device
  const slugs = listSlugs(getReader(context))
  const logs: VerifiedLog[] = []
  const problems = new Map<string, string | null>()
  let found: Outputs['verify']['found'] = null
  for (const { log, kind, next, head: last, isHeld } of store.logs()) {
    if (!isHeld) continue
    const client = slugs.get(log) ?? null
    const isSound = checkHeld(store, { log, root: device.root ?? new Uint8Array(32), isTeam: kind === 'team' })
    const sentence = isSound
      ? await compareAll(device, log, next - 1)
      : 'A batch that this device holds was changed. Restore its backup.'
    problems.set(log, sentence)
    logs.push({ log, kind, client, batches: next, head: toHex(last), intact: sentence === null, sentence })
    const at =
      head === undefined ? undefined : store.heads(log, 0, next - 1).find((each) => toHex(each.head) === head)?.at
    if (at !== undefined) found = { client, at }
  }
  const witnesses: ComparedWitness[] = []
  for (const witness of printed) witnesses.push(await compareWitness(device, slugs, witness))
  return { logs, found, witnesses }
}

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The first difference of the server from what this device holds, at the positions up to one; null where there is none. */
async function compareAll(device: TeamDevice, log: string, upTo: number): Promise<string | null> {
  try {
    const [first] = await compareHeads(device, log, upTo)
    if (first === undefined) return null
    return first.there === null
      ? `On the server, position ${first.at} is missing. Exchange, which restores what it lost; if it stays so, ask its administrator.`
      : `The server shows another history than this device from position ${first.at} on. Have an owner compare both.`
  } catch (error) {
    if (!(error instanceof TeamServerError)) throw error
    return `The server could not be asked. ${error.message}`
  }
}

/** Compares a printed head with this device, and every position up to it with the server. */
async function compareWitness(
  device: TeamDevice,
  slugs: ReadonlyMap<string, string>,
  witness: Witness,
): Promise<ComparedWitness> {
  const { log, position: at, head } = witness
  const compared = { log, client: slugs.get(log) ?? null, at, head }
  const held = device.store.log(log)
  if (held?.isHeld !== true) {
    return {
      ...compared,
      ok: false,
      sentence: 'This device does not read the log: it is of another team, or of a client without a role.',
    }
  }
  if (at >= held.next) {
    return {
      ...compared,
      ok: false,
      sentence: `On this device the positions from ${held.next} on are missing. Exchange first.`,
    }
  }
  const [here] = device.store.heads(log, at, at)
  if (here === undefined || toHex(here.head) !== head) {
    return {
      ...compared,
      ok: false,
      sentence: 'This device holds another history than the printed one. Have an owner compare both.',
    }
  }
  const problem = await compareAll(device, log, at)
  return {
    ...compared,
    ok: problem === null,
    sentence: problem ?? 'This device and the server show the printed history.',
  }
}
