import type { Area } from '../../../shared/contract/app.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { RecordAction, WrittenAction } from '../../../shared/decisions/records.ts'
import { noteKey, notedFingerprint } from '../../register/read/evidence.ts'
import { readTeamPlace } from '../../register/team/place.ts'
import { type SigningKey, signingKey } from '../../secrets/signing-key.ts'
import { assertWritable, type Context, commit, getReader, makeRegister } from '../core/context.ts'
import type { FolderTarget } from '../files-out/target.ts'
import { Refusal } from '../kit/refusal.ts'
import { freeTarget, newPackFolder, type PackFolder, type PackTarget, writeZip } from './pack-folder.ts'
import { findRegisterProblem } from './pack-aside.ts'
import { signPack, type WrittenPack } from './seal-pack.ts'

/** A pack that is to be written and signed. */
export interface SignedPack {
  readonly folder: FolderTarget
  readonly zip: boolean
  /** Ends the writing; then nothing is left. */
  readonly signal?: AbortSignal | undefined
  /** The names that it may have, best first, from 1 on. */
  readonly getName: (n: number) => string
  /** Writes its files, all but the signature, from one state of the register. */
  readonly write: (folder: PackFolder, key: SigningKey) => WrittenPack | Promise<WrittenPack>
  /** The journal action; the same action with `.failed` if placing the pack failed. */
  readonly entry: {
    readonly action: RecordAction
    readonly client: string
    readonly subject: string
    readonly area: Area
  }
  /** The facts that the journal records of it in addition to its name and hashes. */
  readonly body: (written: WrittenPack) => Readonly<Record<string, number | string>>
}

/**
 * Writes a signed pack into a new folder, and a zip of the same beside it, atomically: the journal row is written
 * before the folder gets its name, and a second row if that fails. Throws `Refusal` READ_ONLY, INVALID for a folder
 * that cannot be written to, CONFLICT for a register that was tampered with.
 */
export async function writeSignedPack(context: Context, pack: SignedPack): Promise<Outputs['evidence']['pack']> {
  makeRegister(context)
  assertWritable(context)
  const target = freeTarget(pack.folder, pack.getName)
  const checked = refuseProblem(context, pack.signal)
  // Until it is awaited, since a key that is not recorded yet is recorded in a register that agrees with itself only.
  checked.catch(() => undefined)
  const key = await readKey(context, () => checked)
  const folder = newPackFolder(target)
  try {
    const [check, writing] = await Promise.allSettled([checked, pack.write(folder, key)])
    if (check.status === 'rejected') throw check.reason
    if (writing.status === 'rejected') throw writing.reason
    const written = writing.value
    signPack(folder, written, key)
    if (pack.zip) {
      const { temporary } = folder.draft
      const to = { path: `${temporary}.zip`, inside: target.name, at: context.now() }
      await writeZip(temporary, written.names, to)
    }
    pack.signal?.throwIfAborted()
    place(context, folder, { target, written, key, pack })
    return {
      path: target.path,
      zipPath: pack.zip ? target.zipPath : null,
      files: written.names.length,
      fingerprint: key.fingerprint,
      headHash: written.last.hash,
    }
  } catch (error) {
    folder.discard()
    throw error
  }
}

/** A register that does not agree with itself is not signed. Throws `Refusal` CONFLICT. */
async function refuseProblem(context: Context, signal: AbortSignal | undefined): Promise<void> {
  const problem = await findRegisterProblem(context, signal)
  if (problem === null) return
  throw new Refusal(
    'CONFLICT',
    `The register does not agree with its audit log, so no evidence is signed. ${problem.says}`,
    'Check it with castellan verify --register, and restore a backup: castellan restore.',
  )
}

/**
 * The signing key, that of the device in a team, recorded in the register: a new one adds a row to the journal. `mayRecord` is awaited
 * before a key is made or recorded.
 */
export async function readKey(
  context: Context,
  mayRecord: () => Promise<void> = async () => undefined,
): Promise<SigningKey> {
  if (notedFingerprint(getReader(context)) === null) await mayRecord()
  const { profile, secrets } = context.session()
  // Nothing of a team is loaded in a profile without one.
  const isOfTeam = readTeamPlace(getReader(context)) !== null
  const ofDevice = isOfTeam ? await (await import('./device-key.ts')).readDeviceKey(context) : null
  const key = ofDevice ?? (await signingKey({ profile, secrets }))
  const noted = notedFingerprint(getReader(context))
  if (noted !== key.fingerprint) {
    await mayRecord()
    commit(context, ['app'], ({ writer, note }) => {
      noteKey(writer, key)
      const body = { fingerprint: key.fingerprint, replaces: noted }
      note({ action: 'evidence.key-noted', client: null, subject: 'Key that signs evidence', body })
    })
  }
  return key
}

interface PackParts {
  readonly target: PackTarget
  readonly written: WrittenPack
  readonly key: SigningKey
  readonly pack: SignedPack
}

function place(context: Context, folder: PackFolder, { target, written, key, pack }: PackParts): void {
  const { action, area, client, subject } = pack.entry
  const note = (as: WrittenAction): void =>
    commit(context, [area], (decision) =>
      decision.note({
        action: as,
        client,
        subject,
        // Not the path: the next pack shows this row to the client, and a folder may be named after another client.
        body: {
          ...pack.body(written),
          name: target.name,
          manifest: written.manifest,
          head: written.last.hash,
          seq: written.last.seq,
          fingerprint: key.fingerprint,
        },
      }),
    )
  note(action)
  try {
    folder.place(target)
  } catch (error) {
    note(`${action}.failed`)
    throw error
  }
}
