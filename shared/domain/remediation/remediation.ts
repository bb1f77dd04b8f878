import type { RoleScope } from '../role.ts'

/** The actions at a provider. Its API may support only some of them. */
export const REMEDIATION_ACTIONS = [
  'member-remove',
  'member-sign-out',
  'member-role',
  'project-member-remove',
  'project-member-role',
  'invite-delete',
  'service-account-delete',
  'federation-delete',
  'key-disable',
  'key-delete',
  'key-rotate',
  'key-rename',
  'limit-set',
  'alert-set',
  'project-create',
  'project-rename',
  'invite',
  'project-member-add',
  'service-account-create',
  'key-create',
] as const
export type RemediationAction = (typeof REMEDIATION_ACTIONS)[number]

/**
 * True if a sync can confirm an action: a provider lists what exists, and no list has the sessions and tokens of a
 * person. Such an action is done when the provider reports that it was done.
 */
export function isShownBySync(action: RemediationAction): boolean {
  return action !== 'member-sign-out'
}

/** True if an action has to be sent before the others of a run: an account that was removed cannot be signed out. */
export function goesFirst(action: RemediationAction): boolean {
  return action === 'member-sign-out'
}

/** Where the role is that an action changes or gives. */
export function roleScope(action: RemediationAction): RoleScope {
  return action === 'project-member-role' || action === 'project-member-add' ? 'project' : 'organization'
}

/** Actions that create something: sent twice, they would create it twice. */
export const CREATIONS = [
  'alert-set',
  'project-create',
  'invite',
  'project-member-add',
  'service-account-create',
  'key-create',
] as const satisfies readonly RemediationAction[]

/** True if it creates something that does not exist yet. */
export function isCreation(action: RemediationAction): action is (typeof CREATIONS)[number] {
  return (CREATIONS as readonly RemediationAction[]).includes(action)
}

/**
 * `waiting`: to be previewed and run. `by-hand`: no API does it, so it needs manual steps in the console. `sending`:
 * journaled before the call; if found after a restart, its result is unknown, so it becomes `unsure`. `deploying`: the
 * new key of a rotation exists and is being deployed. `done`, `failed`, `withdrawn` are ends.
 */
export const REMEDIATION_STATES = [
  'waiting',
  'by-hand',
  'sending',
  'unsure',
  'deploying',
  'done',
  'failed',
  'withdrawn',
] as const
export type RemediationState = (typeof REMEDIATION_STATES)[number]
