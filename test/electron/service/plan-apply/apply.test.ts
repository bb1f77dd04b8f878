import { describe, expect, it } from 'vitest'

import { drawn } from '../../../drills/drill.ts'
import type { Fault } from '../../../providers/faults.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { synced } from '../fakes.ts'
import { applied, drafted, PLAN, planWorld, settled, shape } from '../plans/world.ts'

describe('a plan that is applied', () => {
  it('matches the provider afterwards, so that nothing differs', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    const before = await world.api.planApply.drift({ planId })
    expect(before.differences.map(({ kind, part, name }) => `${kind} ${part} ${name}`)).toMatchInlineSnapshot(`
      [
        "limit limit spend limit",
        "limit limit spend alert",
        "limit limit spend limit",
        "missing project Product-Prod",
        "missing key prod-chatbot-backend",
        "missing project Product-Dev",
        "missing member ravi@acme.example",
        "missing person Noor",
      ]
    `)
    expect(await applied(world, planId)).toBe(2)
    const { differences, unread } = await world.api.planApply.drift({ planId })
    expect(differences.map(({ says }) => says)).toEqual([])
    expect(unread).toEqual([])
    expect(shape(world.organization)).toMatchInlineSnapshot(`
      {
        "alerts": [
          "[72000]",
        ],
        "invites": [
          [
            "noor@acme.example",
            "reader",
            [
              "Product-Dev member",
              "Product-Prod member",
            ],
          ],
        ],
        "limits": [
          "[90000]",
        ],
        "projects": [
          [
            "Default project",
            [],
            [],
            0,
            [
              "[null]",
            ],
            [],
          ],
          [
            "Product-Dev",
            [
              "["user-ravi","member"]",
            ],
            [],
            0,
            [
              "[null]",
            ],
            [],
          ],
          [
            "Product-Prod",
            [],
            [
              "["prod-chatbot-backend"]",
            ],
            1,
            [
              "[50000]",
            ],
            [],
          ],
        ],
        "users": [
          "["user-olga","owner"]",
          "["user-ravi","reader"]",
        ],
      }
    `)
  })

  it('works from the exercise too, and what was adopted needs no change', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'template', template: 'exercise' })
    await applied(world, planId)
    expect((await world.api.planApply.drift({ planId })).differences).toEqual([])
    const adopted = await drafted(world.api, { kind: 'adopt' })
    expect((await world.api.planApply.drift({ planId: adopted })).differences).toEqual([])
    expect(await world.api.planApply.steps({ planId: adopted })).toEqual([])
  })

  it('changes nothing a second time', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    await applied(world, planId)
    const sent = world.writes().length
    expect(await applied(world, planId)).toBe(0)
    await synced(world.api)
    expect(await world.api.planApply.addToList({ planId })).toEqual({ ready: [], waiting: [], byHand: [], left: [] })
    expect(world.writes()).toHaveLength(sent)
  })
})

/** How often something is sent when nothing goes wrong. */
async function undisturbed(): Promise<{ readonly end: unknown; readonly writes: number }> {
  const world = await planWorld()
  await applied(world, await drafted(world.api, { kind: 'plan', plan: PLAN }))
  return { end: shape(world.organization), writes: world.writes().length }
}

/** Sends what is ready, whatever the result. */
async function interrupted(world: Awaited<ReturnType<typeof planWorld>>, planId: number): Promise<void> {
  for (;;) {
    const { ready } = await world.api.planApply.addToList({ planId })
    if (ready.length === 0) return
    const { token, confirm } = await world.api.remediation.preview({ remediations: ready })
    const { stopped } = await world.api.remediation.run({ token, confirm })
    await settled(world.api)
    if (stopped !== null) return
  }
}

describe('a preview of a plan', () => {
  /** All rows of all tables, by table. */
  function contents({ service }: Awaited<ReturnType<typeof planWorld>>): Record<string, unknown> {
    const reader = getReader(service.context)
    const tables = reader.column<string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    return Object.fromEntries(tables.map((table) => [table, JSON.stringify(reader.all(`SELECT * FROM "${table}"`))]))
  }

  it('leaves every table unchanged, and shows what the list then holds and asks for', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    const before = contents(world)
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['remediation', 'journal', 'plan_version']))
    const previewed = await world.api.planApply.preview({ planId })
    expect(contents(world)).toEqual(before)
    const { ready, waiting, byHand, left } = await world.api.planApply.addToList({ planId })
    const listed = await world.api.remediation.preview({ remediations: ready })
    expect(previewed.confirm).toBe(listed.confirm)
    expect(previewed.items.flatMap(({ calls }) => calls)).toEqual(listed.remediations.flatMap(({ calls }) => calls))
    expect(previewed.items.map(({ says }) => says)).toEqual(listed.remediations.map(({ row }) => row.says))
    expect(previewed.items.every(({ remediationId }) => remediationId === null)).toBe(true)
    expect([previewed.blocked.length, previewed.left, byHand]).toEqual([waiting.length, left, []])
    // Of what is on the list, the preview names the item.
    const after = contents(world)
    const again = await world.api.planApply.preview({ planId })
    expect(again.items.map(({ remediationId }) => remediationId)).toEqual(ready)
    expect(contents(world)).toEqual(after)
    expect(world.writes()).toEqual([])
  })
})

describe('a preview of a plan for a connection that is read-only', () => {
  it('names that for each step which could be sent, as a preview of the list does', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    const { items, blocked } = await world.api.planApply.preview({ planId })
    const [connection] = await world.api.connection.list({})
    await world.api.connection.update({ id: connection?.id ?? 0, access: 'read-only' })
    const preview = await world.api.planApply.preview({ planId })
    expect(preview.items).toEqual([])
    expect(preview.blocked).toHaveLength(items.length + blocked.length)
    const obstacle = `${connection?.label ?? ''} is read-only. Do it in its console, or allow changes for this one run.`
    expect(preview.blocked.filter((each) => each.obstacle === obstacle)).toHaveLength(items.length)
  })
})

describe('a project that is renamed at the provider', () => {
  it('is one question of the adopted active plan, and nothing is made before it is answered', async () => {
    const world = await planWorld()
    await applied(world, await drafted(world.api, { kind: 'plan', plan: PLAN }))
    const project = world.organization.projects.find(({ row }) => row['name'] === 'Product-Prod')
    if (project === undefined) throw new Error('The project was not made.')
    // An account without a key is in no plan that is adopted.
    project.serviceAccounts.push({
      object: 'organization.project.service_account',
      id: 'svc-without-key',
      name: 'analytics-svc1',
      role: 'member',
      created_at: 1_735_689_600,
    })
    await synced(world.api)
    const planId = await drafted(world.api, { kind: 'adopt' })
    await world.api.plan.setActivated({ planId, active: true })
    expect((await world.api.planApply.drift({ planId })).differences).toEqual([])

    project.row['name'] = 'Product-Prod-X'
    await synced(world.api)
    const { differences } = await world.api.planApply.drift({ planId })
    expect(differences.map(({ kind, part, says }) => [kind, part, says])).toEqual([
      [
        'renamed',
        'project',
        'The project Product-Prod-X was called Product-Prod, which is planned. Confirm whether it is the same.',
      ],
    ])
    expect((await world.api.planApply.preview({ planId })).items).toEqual([])
    const sent = world.writes().length
    expect(await applied(world, planId)).toBe(0)
    expect(world.writes()).toHaveLength(sent)
    expect(
      world.organization.projects.filter(({ row }) => String(row['name']).startsWith('Product-Prod')),
    ).toHaveLength(1)

    const [question] = differences
    await world.api.planApply.answerRename({
      planId,
      part: 'project',
      planned: 'Product-Prod',
      subjectId: question?.subject?.id ?? 0,
      same: true,
    })
    expect((await world.api.planApply.steps({ planId })).map(({ action }) => action)).toEqual(['project-rename'])
  })
})

describe('an interruption at any request', () => {
  const FAULTS: readonly (readonly [string, Fault])[] = [
    ['done without an answer', { kind: 'drop' }],
    ['not done, and not reported', { kind: 'status', status: 500 }],
    ['refused', { kind: 'status', status: 429 }],
  ]

  it.each(FAULTS)('that is %s: a further run has the same result, and makes nothing twice', async (_, fault) => {
    const { end, writes } = await undisturbed()
    const requests = Array.from({ length: writes }, (_none, n) => n)
    for (const n of drawn('interrupt-plans', requests)) {
      const world = await planWorld()
      const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
      world.rules.push({ path: /./u, method: 'POST', skip: n, times: 1, fault })
      await interrupted(world, planId)
      await synced(world.api)
      await applied(world, planId)
      expect(shape(world.organization), `at request ${n}`).toEqual(end)
      expect((await world.api.planApply.drift({ planId })).differences).toEqual([])
      await world.service.close()
    }
  })

  it('does not send again what has an unknown result before a sync shows it', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    const { ready } = await world.api.planApply.addToList({ planId })
    // The sync that follows concludes nothing either.
    world.rules.push({ path: /projects$/u, method: 'POST', times: 1, fault: { kind: 'drop' } })
    world.rules.push({ path: /./u, method: 'GET', fault: { kind: 'status', status: 401 } })
    const { token, confirm } = await world.api.remediation.preview({ remediations: ready })
    expect((await world.api.remediation.run({ token, confirm })).stopped).toMatch(/may have been done/u)
    await settled(world.api)
    const again = await world.api.planApply.addToList({ planId })
    expect(again.left).toEqual([expect.stringMatching(/no sync since shows the result/u)])
    const { rows } = await world.api.remediation.list({ state: 'unsure' })
    expect(again.ready).not.toContain(rows[0]?.remediationId)
    expect(world.organization.projects.filter(({ row }) => row['name'] === 'Product-Prod')).toHaveLength(1)
  })
})
