import { openWriting } from '../kit/write.ts'
import { openGitHub } from './client.ts'
import { gitHubCopilotSteps } from './write-by-hand.ts'

/** Plans changes of seats: all of them by manual steps, since a seat may come from a team or from a setting for all. */
export const { plan: planGitHubCopilot, write: writeGitHubCopilot } = openWriting(
  'github-copilot',
  openGitHub,
  {},
  gitHubCopilotSteps,
)
