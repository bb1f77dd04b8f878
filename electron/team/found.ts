import type { TeamBody } from '../../shared/team/operations.ts'
import { type Author, composeEntry, createSalt } from './compose-entry.ts'
import type { TeamCrypto } from './crypto.ts'
import type { Entry } from '../../shared/team/entry.ts'
import { toHex } from './hex.ts'
import { NO_ROOT, startStream } from './stream.ts'

/** What a founder decides: the names of the team, of its server, and of the first owner and device. */
export interface Founding extends Pick<
  TeamBody<'team.founded'>,
  'team' | 'server' | 'agency' | 'memberUid' | 'name' | 'email' | 'login'
> {
  /** The name of the stream `team`. */
  readonly stream: string
  /** The name of the operation. */
  readonly uid: string
  readonly at: number
  readonly day: string
}

export interface Founded {
  /** The first entry of `team`. */
  readonly entry: Entry
  /** Its head, which names the team in every invite. */
  readonly root: Uint8Array
  /** The first generation of the team's own key. */
  readonly key: Uint8Array
}

/** Makes the first entry of a team. Its author certifies itself, by the head that every invite has. */
export function foundTeam(crypto: TeamCrypto, author: Author, founding: Founding): Founded {
  const { stream, uid, at, day, ...named } = founding
  const key = crypto.createKey()
  const body: TeamBody<'team.founded'> = {
    v: 1,
    ...named,
    ...describeDevice(author),
    commitment: toHex(crypto.commitKey({ scope: stream, generation: 1 }, key)),
  }
  const op = { kind: 'team.founded', salt: createSalt(crypto), at, day, basis: -1, subject: named.team, body }
  const start = startStream(crypto, stream, NO_ROOT)
  const entry = composeEntry(crypto, author, start, { key, generation: 1, opset: 1, teamSeq: 0 }, { uid, op })
  return { entry, root: crypto.computeHead(start.head, entry), key }
}

/** A device as operations name it. */
export function describeDevice({
  device,
  keys,
}: Author): Pick<TeamBody<'device.enrolled'>, 'deviceUid' | 'signKey' | 'boxKey'> {
  return { deviceUid: device, signKey: toHex(keys.sign.publicKey), boxKey: toHex(keys.box.publicKey) }
}
