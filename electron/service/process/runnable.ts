import { lossWords } from '../../register/db/noted-end.ts'
import { Refusal } from '../kit/refusal.ts'
import { LOSS_HINT } from '../profile/guard-end.ts'
import { lockedRefusal, type Session } from '../core/session.ts'

/** Why a profile cannot be worked on without a person, which a window would show; null when it can. */
export function findObstacle(session: Session): Refusal | null {
  if (session.register === null) return lockedRefusal(session)
  const { loss } = session.end
  return loss === null ? null : new Refusal('CONFLICT', `Nothing is written: ${lossWords(loss)}`, LOSS_HINT)
}
