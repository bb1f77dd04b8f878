import type { Service } from '../../../../electron/service/process/open.ts'
import { gathered, NORTHFOLD_CREDENTIAL } from '../fakes.ts'

/**
 * Calls every operation of remediation on a connection to Northfold: removals that its provider refuses with the set
 * credential, and a rotation that succeeds with another.
 */
export async function everyRemediation(
  api: Service['api'],
  connection: number,
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  await api.connection.update({ id: connection, access: 'read-write' })
  const people = (await api.people.list({})).rows
  const proposed = await Promise.all(
    people.map(async ({ personId }) => {
      const origin = { kind: 'person', id: personId } as const
      const proposals = await ask('remediation.proposals', api.remediation.proposals({ origins: [origin] }))
      return proposals
        .filter((one) => one.connection.id === connection)
        .map(({ action, subject: { kind, id }, values }) => ({ action, subject: { kind, id }, values, origin }))
    }),
  )
  const request = (action: string) => {
    const found = proposed.flat().find((one) => one.action === action)
    if (found === undefined) throw new Error(`No one has a proposal for ${action}.`)
    return found
  }
  const send = async (remediationId: number): Promise<void> => {
    const { token, confirm } = await ask(
      'remediation.preview',
      api.remediation.preview({ remediations: [remediationId] }),
    )
    await ask('remediation.approve', api.remediation.approve({ token, confirm }).catch(String))
    await ask('remediation.run', api.remediation.run({ token, confirm }))
    await gathered(await api.sync.watch({}))
  }
  const removal = await ask('remediation.add', api.remediation.add(request('member-remove')))
  await send(removal.remediationId)
  const many = await ask('remediation.addMany', api.remediation.addMany({ items: [request('member-remove')] }))
  for (const { remediationId } of many.added)
    await ask('remediation.withdraw', api.remediation.withdraw({ remediationId }))
  const [misnamed] = (await api.findings.list({ rule: 'key-name-off-convention' })).rows.filter(
    (row) => row.connection.id === connection,
  )
  if (misnamed === undefined) throw new Error('Every key follows the convention.')
  const byHand = await api.remediation.add({
    action: 'key-rename',
    subject: { kind: 'key', id: misnamed.subject.id },
    values: { name: 'prod-web-api' },
    origin: { kind: 'finding', id: misnamed.findingId },
  })
  await ask('remediation.markByHand', api.remediation.markByHand({ remediationId: byHand.remediationId }))
  const second = await api.remediation.add({
    action: 'key-rename',
    subject: { kind: 'key', id: misnamed.subject.id },
    values: { name: 'prod-web' },
    origin: { kind: 'finding', id: misnamed.findingId },
  })
  await ask('remediation.withdrawMany', api.remediation.withdrawMany({ remediations: [second.remediationId] }))
  const third = await api.remediation.add({
    action: 'key-rename',
    subject: { kind: 'key', id: misnamed.subject.id },
    values: { name: 'prod-web' },
    origin: { kind: 'finding', id: misnamed.findingId },
  })
  await ask('remediation.markManyByHand', api.remediation.markManyByHand({ remediations: [third.remediationId] }))
  await ask('remediation.unmarkMany', api.remediation.unmarkMany({ remediations: [third.remediationId] }))
  const { remediationId } = await api.remediation.add(request('key-rotate'))
  await api.connection.setCredential({ id: connection, credential: NORTHFOLD_CREDENTIAL })
  await send(remediationId)
  await ask('remediation.list', api.remediation.list({}))
  await ask('remediation.takeSecret', api.remediation.takeSecret({ remediationId }))
  await ask('remediation.confirmDeployed', api.remediation.confirmDeployed({ remediationId }))
}
