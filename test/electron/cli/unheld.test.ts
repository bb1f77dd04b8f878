import { expect, it } from 'vitest'

import type { Run } from '../../../electron/cli/kit/run.ts'
import { describeUnheld } from '../../../electron/cli/kit/unheld.ts'
import type { Api } from '../../../shared/contract/contract.ts'

it('a list of all clients names how many of the team this device does not hold, and one of a single client or in JSON does not', async () => {
  const describe = (run: { readonly json: boolean; readonly client?: string }, status: () => Promise<unknown>) =>
    describeUnheld(run as Run, { team: { status } } as unknown as Api)
  const twelve = async () => ({ unheld: 12 })
  expect(await describe({ json: false }, twelve)).toEqual([
    '',
    'Not on this device: 12 clients of the team. List them: castellan team unheld.',
  ])
  expect(await describe({ json: false }, async () => ({ unheld: 0 }))).toEqual([])
  expect(await describe({ json: true }, twelve)).toEqual([])
  expect(await describe({ json: false, client: 'acme' }, twelve)).toEqual([])
  expect(await describe({ json: false }, () => Promise.reject(new Error('The keys are not here.')))).toEqual([])
})
