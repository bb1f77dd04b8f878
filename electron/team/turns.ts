import type { TeamDevice } from './device.ts'
import type { Turn } from './server.ts'

/** A turn that this device has: it alone does the job until the turn ends. */
export interface HeldTurn {
  readonly turn: Turn
  /** Takes the turn again for as long; false where it ended and another device may have it. Throws `TeamServerError`. */
  readonly confirm: () => Promise<boolean>
  /** Ends it. `dueIn`: milliseconds until the job is due again; null: now, for any device. Throws `TeamServerError`. */
  readonly end: (dueIn: number | null) => Promise<void>
}

/** How long a turn is taken for. A device that is killed gets its own turn back, and another one after that. */
const TURN_MINUTES = 10

/** Takes the turns that are due, or with `early` all, as far as no other device has them. Throws `TeamServerError`. */
export async function takeTurns(
  { server, now }: TeamDevice,
  turns: readonly Turn[],
  early = false,
): Promise<readonly HeldTurn[]> {
  if (turns.length === 0) return []
  const taken = await server.takeTurns(turns, TURN_MINUTES, early)
  return taken.map((turn) => ({
    turn,
    confirm: async () => (await server.takeTurns([turn], TURN_MINUTES, false)).length === 1,
    end: (dueIn) => server.giveTurn(turn, now() + (dueIn ?? 0)),
  }))
}
