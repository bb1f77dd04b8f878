import type { TeamStore } from '../../shared/team/store.ts'
import type { DeviceKeys, TeamCrypto } from './crypto.ts'
import type { TeamServer } from './server.ts'

/** This installation as a device of a team, with its server and its register. */
export interface TeamDevice {
  readonly crypto: TeamCrypto
  readonly server: TeamServer
  readonly store: TeamStore
  readonly keys: DeviceKeys
  /** The uuid of the team, which is the name of its log. */
  readonly team: string
  /** The head of the first batch of the team's log; null until the founder has placed it. */
  readonly root: Uint8Array | null
  readonly member: string
  readonly device: string
  readonly login: string
  /** Milliseconds. */
  readonly now: () => number
  /** How many clients it holds without being asked, where that is another number than `MOST_HELD_UNASKED`. */
  readonly mostHeld?: number | undefined
}
