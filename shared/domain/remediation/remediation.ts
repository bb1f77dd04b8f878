/** What can be carried out at a provider. Which of them a provider's API can do is the provider's own affair. */
export const REMEDY_ACTIONS = [
  'member-remove',
  'member-role',
  'project-member-remove',
  'project-member-role',
  'invite-delete',
  'service-account-delete',
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
export type RemediationAction = (typeof REMEDY_ACTIONS)[number]

/** Actions that make something: sent twice they would make it twice. */
export const CREATIONS = [
  'alert-set',
  'project-create',
  'invite',
  'project-member-add',
  'service-account-create',
  'key-create',
] as const satisfies readonly RemediationAction[]

/** Whether it makes something that is not there yet. */
export function isCreation(action: RemediationAction): action is (typeof CREATIONS)[number] {
  return (CREATIONS as readonly RemediationAction[]).includes(action)
}

/**
 * `waiting`: to be previewed and run. `by-hand`: no API does it; somebody has to, in the console. `sending`: journaled
 * before the call; found after a restart, nobody knows whether it was done, so it becomes `unsure`. `deploying`: the new
 * key of a rotation exists and is being put in place. `done`, `failed`, `withdrawn` are ends.
 */
export const REMEDY_STATES = [
  'waiting',
  'by-hand',
  'sending',
  'unsure',
  'deploying',
  'done',
  'failed',
  'withdrawn',
] as const
export type RemediationState = (typeof REMEDY_STATES)[number]
