import { repeating, whenAnswer } from '../kit/answers.ts'
import { centsOfMicroUsd } from '../kit/money.ts'
import { openWriting, type Ways, type ChangeRequest, type Write } from '../kit/write.ts'
import { toPath } from '../kit/json-api.ts'
import { openOpenRouter, type OpenRouter } from './client.ts'
import { getDepositId } from './normalise/deposited-key.ts'
import { openRouterSteps } from './write-by-hand.ts'
import { about, findNewSecret, OPENROUTER_CREATIONS } from './write-new.ts'

type OpenRouterWrite = Write<OpenRouter>

/**
 * The ways of the API: a way is null where there is none for this subject. It only lists members of the organization.
 */
const WAYS: Ways<OpenRouter> = {
  'project-member-remove': memberWay,
  'key-disable': keyWay,
  'key-rename': keyWay,
  'key-delete': deleteWay,
  'key-rotate': rotateWay,
  'limit-set': budgetWay,
  ...OPENROUTER_CREATIONS,
}

/** Plans and applies changes at OpenRouter. */
export const { plan: planOpenRouter, write: writeOpenRouter } = openWriting(
  'openrouter',
  openOpenRouter,
  WAYS,
  openRouterSteps,
)

function memberWay({ subject, project }: ChangeRequest): OpenRouterWrite | null {
  if (subject.kind !== 'user' || project === null) return null
  const removed = whenAnswer(repeating({ removed_count: 1 }), 'OpenRouter reports that one member was removed.')
  const before = whenAnswer(repeating({ removed_count: 0 }), 'It was done already: OpenRouter removed no member.')
  return {
    says: `Removes the member from the workspace ${project.name}. Keys that they made in it are not deleted with it.`,
    removes: true,
    send: (api, options) =>
      api.send(
        'POST',
        toPath`/workspaces/${project.externalId}/members/remove`,
        { user_ids: [subject.externalId] },
        options,
      ),
    read: (answer) => removed(answer) ?? before(answer),
  }
}

function keyWay({ action, subject, name }: ChangeRequest): OpenRouterWrite | null {
  const { externalId: hash } = subject
  const deposit = getDepositId(hash)
  if (action === 'key-rename' && name === null) return null
  const change = name !== null && action === 'key-rename' ? { name } : { disabled: true }
  return {
    says:
      'name' in change
        ? 'Renames the key. Programs that use it are not affected.'
        : 'Switches the key off. It can be switched on again.',
    send: (api, options) =>
      api.send('PATCH', deposit === null ? toPath`/keys/${hash}` : toPath`/byok/${deposit}`, change, options),
    read: whenAnswer(
      about({ ...(deposit === null ? { hash } : { id: deposit }), ...change }),
      'name' in change ? 'OpenRouter reports the new name.' : 'OpenRouter reports that the key is off.',
    ),
  }
}

function deleteWay({ subject }: ChangeRequest): OpenRouterWrite {
  const deposit = getDepositId(subject.externalId)
  return {
    says:
      deposit === null
        ? 'Deletes the key immediately and permanently.'
        : 'Deletes the deposited key immediately and permanently. At its vendor the key continues to work.',
    removes: true,
    send: (api, options) =>
      api.send(
        'DELETE',
        deposit === null ? toPath`/keys/${subject.externalId}` : toPath`/byok/${deposit}`,
        null,
        options,
      ),
    read: whenAnswer(repeating({ deleted: true }), 'OpenRouter reports that it was deleted.'),
  }
}

function rotateWay({ subject, project, key, name }: ChangeRequest): OpenRouterWrite | null {
  if (project === null || getDepositId(subject.externalId) !== null) return null
  const creator = key?.owner?.kind === 'user' ? { creator_user_id: key.owner.externalId } : {}
  return {
    says: `Makes a second key in the workspace ${project.name}. The old one continues to work. A limit of the old key is not copied to the new one.`,
    send: (api, options) =>
      api.send('POST', '/keys', { name: name ?? subject.name, workspace_id: project.externalId, ...creator }, options),
    read: findNewSecret,
  }
}

function budgetWay({ project, amountMicros }: ChangeRequest): OpenRouterWrite | null {
  if (amountMicros === null || project === null) return null
  const limit = centsOfMicroUsd(amountMicros) / 100
  return {
    says: `Sets the monthly budget of the workspace ${project.name}, in dollars, replacing the present one. At the budget, calls are refused.`,
    send: (api, options) =>
      api.send('PUT', toPath`/workspaces/${project.externalId}/budgets/monthly`, { limit_usd: limit }, options),
    read: whenAnswer(about({ limit_usd: limit, reset_interval: 'monthly' }), 'OpenRouter reports that it was set.'),
  }
}
