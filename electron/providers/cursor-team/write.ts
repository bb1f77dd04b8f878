import { openWriting } from '../kit/write.ts'
import { openCursor } from './client.ts'
import { cursorTeamSteps } from './write-by-hand.ts'

/** Plans changes of members: all of them by manual steps, since the API removes members of the Enterprise plan alone. */
export const { plan: planCursorTeam, write: writeCursorTeam } = openWriting(
  'cursor-team',
  openCursor,
  {},
  cursorTeamSteps,
)
