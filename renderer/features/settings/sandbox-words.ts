import type { SandboxState } from '../../../shared/contract/app.ts'

const STATES = { on: 'On', off: 'Off', unknown: 'Unknown' } as const

/** The state of the sandbox with its reason, such as `Off: --no-sandbox was given`. */
export function toSandboxWords({ state, why }: SandboxState): string {
  return `${STATES[state]}: ${why ?? 'no reason is known'}`
}
