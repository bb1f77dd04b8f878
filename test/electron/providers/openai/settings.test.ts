import { afterEach, describe, expect, test } from 'vitest'

import { modelsReading } from '../../../../electron/providers/openai/normalise/setting.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { Faults } from '../../../providers/faults.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { UNLIMITED } from '../../../providers/throttle.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

test('models that are permitted in a way that is not known cannot be read', () => {
  for (const row of [{ mode: 'quota', model_ids: ['o3'] }, { model_ids: ['o3'] }, { mode: 'allow_list' }])
    expect(modelsReading(row, 'proj_acme')).toEqual({
      id: 'models',
      facts: [],
      left: ['A setting that cannot be read.'],
    })
})

describe.each(VARIANTS)('settings of OpenAI at a %s server', (variant) => {
  async function read(faults: Faults = {}, mode = 'deny_list'): Promise<Recording> {
    const organization = northfoldOpenAi()
    const project = organization.projects.find(({ row }) => row.id === 'proj_acme')
    if (project !== undefined) {
      project.settings = {
        retention: 'zero_data_retention',
        models: { object: 'project.model_permissions', mode, model_ids: ['gpt-5-pro', 'o3'] },
        off: ['mcp', 'web_search'],
      }
    }
    server = await startFakeOpenAi({ organizations: [organization], variant, faults, throttle: UNLIMITED })
    return readAll('openai', { baseUrl: server.baseUrl, credential: NORTHFOLD_CREDENTIAL })
  }

  test('are what narrows the organization and each project', async () => {
    const said = await read()
    const narrows = said.of('restriction').filter(({ project }) => project === null || project === 'proj_acme')
    expect(narrows.map(({ kind, project, terms }) => [kind, project, terms])).toEqual([
      ['retention', null, ['modified abuse monitoring']],
      ['retention', 'proj_acme', ['zero data retention']],
      ['models', 'proj_acme', ['not gpt-5-pro, o3']],
      ['tools', 'proj_acme', ['not mcp, web search']],
    ])
    expect(narrows.every(({ keys, members }) => keys === null && members === null)).toBe(true)
    expect(said.outcome('project-settings', 'proj_acme')).toMatchObject({ state: 'complete', fetched: 3 })
  })

  test('of a project in a form that is not known are not read to their end, so that no earlier one is taken for removed', async () => {
    const said = await read({}, 'quota')
    expect(said.outcome('project-settings', 'proj_acme')).toMatchObject({
      state: 'failed',
      fetched: 3,
      reason: 'A setting that cannot be read. Earlier data is kept. Update Castellan if it stays.',
    })
    const others = said.outcomes.filter(({ state }) => state !== 'complete')
    expect(others.map(({ source, project }) => [source, project])).toEqual([['project-settings', 'proj_acme']])
  })

  test('that a credential may not read are denied, and nothing else is', async () => {
    const said = await read({
      rules: [{ path: /data_retention/u, fault: { kind: 'status', status: 403, body: { error: { message: 'No' } } } }],
    })
    const lacking = said.outcomes.filter(({ state }) => state !== 'complete').map(({ source }) => source)
    expect(new Set(lacking)).toEqual(new Set(['settings', 'project-settings']))
    expect(said.outcome('project-settings', 'proj_acme')).toMatchObject({ state: 'denied', fetched: 2 })
    expect(
      said
        .of('restriction')
        .filter(({ project }) => project === 'proj_acme')
        .map(({ terms }) => terms),
    ).toEqual([['not gpt-5-pro, o3'], ['not mcp, web search']])
  })
})
