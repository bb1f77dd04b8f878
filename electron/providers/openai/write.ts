import { pickOne, repeating, whenAnswer } from '../kit/answers.ts'
import { centsOfMicroUsd } from '../kit/money.ts'
import { openWriting, type Ways, type ChangeRequest, type Write } from '../kit/write.ts'
import { openOrganization, type Organization } from './client.ts'
import { openAiSteps } from './write-by-hand.ts'
import { getExpiry, findNewSecret, OPENAI_CREATIONS, ORGANIZATION_ROLES, PROJECT_ROLES } from './write-new.ts'

type OpenAiWrite = Write<Organization>

/** The ways of the API: a way is null where there is none for this subject. Keys are neither disabled nor renamed. */
const WAYS: Ways<Organization> = {
  'member-remove': organizationWay,
  'member-role': organizationWay,
  'invite-delete': organizationWay,
  'project-member-remove': projectWay,
  'project-member-role': projectWay,
  'service-account-delete': projectWay,
  'key-delete': keyWay,
  'key-rotate': keyWay,
  'limit-set': moneyWay,
  'alert-set': moneyWay,
  ...OPENAI_CREATIONS,
}

/** Plans and applies changes at OpenAI. */
export const { plan: planOpenAi, write: writeOpenAi } = openWriting('openai', openOrganization, WAYS, openAiSteps)

/** An answer to a removal: `{ id, deleted: true }`. */
function deleted(externalId: string) {
  return whenAnswer(repeating({ id: externalId, deleted: true }), 'OpenAI reports that it was deleted.')
}

function organizationWay({ action, subject, role }: ChangeRequest): OpenAiWrite | null {
  const { externalId } = subject
  if (action === 'invite-delete') {
    if (subject.kind !== 'invite') return null
    return {
      says: 'Deletes the invite. Its link stops working.',
      removes: true,
      send: (api, options) => api.invites.delete(externalId, options),
      read: deleted(externalId),
    }
  }
  if (subject.kind !== 'user') return null
  if (action === 'member-remove') {
    return {
      says: 'Removes the member from the organization, and with it from every project.',
      removes: true,
      send: (api, options) => api.users.delete(externalId, options),
      read: deleted(externalId),
    }
  }
  const given = pickOne(ORGANIZATION_ROLES, role)
  if (given === undefined) return null
  return {
    says: `Sets the role in the organization to ${given}.`,
    send: (api, options) => api.users.update(externalId, { role: given }, options),
    read: whenAnswer(repeating({ id: externalId, role: given }), `OpenAI reports the role ${given}.`),
  }
}

function projectWay({ action, subject, project, role }: ChangeRequest): OpenAiWrite | null {
  if (project === null) return null
  const { externalId } = subject
  const inProject = { project_id: project.externalId }
  if (action === 'service-account-delete') {
    if (subject.kind !== 'service-account') return null
    return {
      says: `Deletes the service account of the project ${project.name}.`,
      removes: true,
      send: (api, options) => api.projects.serviceAccounts.delete(externalId, inProject, options),
      read: deleted(externalId),
    }
  }
  if (action === 'project-member-remove') {
    if (subject.kind === 'group') {
      return {
        says: `Takes the project ${project.name} from the group and all of its members.`,
        removes: true,
        send: (api, options) => api.projects.groups.delete(externalId, inProject, options),
        read: whenAnswer(repeating({ deleted: true }), 'OpenAI reports that it was deleted.'),
      }
    }
    if (subject.kind !== 'user') return null
    return {
      says: `Removes the member from the project ${project.name}. Keys that they made in it are not deleted with it.`,
      removes: true,
      send: (api, options) => api.projects.users.delete(externalId, inProject, options),
      read: deleted(externalId),
    }
  }
  const given = pickOne(PROJECT_ROLES, role)
  if (given === undefined) return null
  const read = whenAnswer(repeating({ id: externalId, role: given }), `OpenAI reports the role ${given}.`)
  const says = `Sets the role in the project ${project.name} to ${given}.`
  if (subject.kind === 'service-account') {
    return {
      says,
      send: (api, options) => api.projects.serviceAccounts.update(externalId, { ...inProject, role: given }, options),
      read,
    }
  }
  if (subject.kind !== 'user') return null
  return {
    says,
    send: (api, options) => api.projects.users.update(externalId, { ...inProject, role: given }, options),
    read,
  }
}

function keyWay(request: ChangeRequest): OpenAiWrite | null {
  const { action, subject, project, key, name } = request
  const { externalId } = subject
  if (action === 'key-delete') {
    if (key?.kind === 'admin') {
      return {
        says: 'Deletes the admin key immediately and permanently.',
        removes: true,
        send: (api, options) => api.adminAPIKeys.delete(externalId, options),
        read: deleted(externalId),
      }
    }
    if (project === null) return null
    return {
      says: `Deletes the key of the project ${project.name} immediately and permanently.`,
      removes: true,
      send: (api, options) => api.projects.apiKeys.delete(externalId, { project_id: project.externalId }, options),
      read: deleted(externalId),
    }
  }
  const owner = key?.owner ?? null
  if (project === null || owner?.kind !== 'service-account') return null
  const expiry = getExpiry(request)
  return {
    // OpenAI does not report the scopes of a key, so that they cannot be given to the next.
    says: `Makes a second key of the same service account, with all permissions of the account. The old one continues to work.${expiry.says}`,
    send: (api, options) =>
      api.projects.serviceAccounts.apiKeys.create(
        owner.externalId,
        { project_id: project.externalId, name: name ?? subject.name, ...expiry.body },
        options,
      ),
    read: findNewSecret,
  }
}

function moneyWay({ action, project, amountMicros, recipients }: ChangeRequest): OpenAiWrite | null {
  if (amountMicros === null) return null
  const amount = {
    currency: 'USD',
    interval: 'month',
    threshold_amount: centsOfMicroUsd(amountMicros),
  } as const
  const where = project === null ? 'the organization' : `the project ${project.name}`
  const read = whenAnswer(repeating({ threshold_amount: amount.threshold_amount }), 'OpenAI reports that it was set.')
  if (action === 'limit-set') {
    return {
      says: `Sets the monthly spend limit of ${where}, in cents, replacing the present one. At the limit, calls are refused.`,
      send: (api, options) =>
        project === null
          ? api.spendLimit.update(amount, options)
          : api.projects.spendLimit.update(project.externalId, amount, options),
      read,
    }
  }
  if (recipients.length === 0) return null
  const alert = { ...amount, notification_channel: { type: 'email' as const, recipients: [...recipients] } }
  return {
    says: `Adds a monthly spend alert for ${where}, in cents. It stops nothing.`,
    send: (api, options) =>
      project === null
        ? api.spendAlerts.create(alert, options)
        : api.projects.spendAlerts.create(project.externalId, alert, options),
    read,
  }
}
