import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { connect, startWithoutConnection } from './connecting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'
import { approveTogether } from './team-approval.ts'
import { expectNotes, keepOrDrop, keepTyped, note, removeTomas } from './team-notes.ts'
import { reviewTogether } from './team-review.ts'
import { exchange, found, invite, join, setRole, startTeamServer, type TeamServer } from './teams.ts'

let server: TeamServer
let openai: FakeServer
test.beforeAll(async () => {
  server = await startTeamServer()
  openai = await startFakeOpenAi({ organizations: [northfoldOpenAi()] })
})
test.afterAll(async () => {
  await openai.close()
  await server.stop()
})

test(
  'two people govern a client in two windows: decisions offline, a review with two keys, a change with two approvals, and one of them leaves',
  WHOLE,
  async ({ product, colleague }) => {
    const [mara, tomas] = [product.page, colleague.page]
    await startWithoutConnection(mara, 'Acme Corp')
    await expect(mara.getByRole('heading', { level: 1, name: /Today/u })).toBeVisible()
    await found(mara, server)
    const who = { name: 'Tomas Okafor', email: 'tomas@northwind.example' }
    await join(mara, tomas, await invite(mara, { ...who, client: null, role: 'Member' }))
    await setRole(mara, { name: who.name, client: 'Acme Corp', role: 'Lead' })
    await go(mara, '/connections')
    await mara.getByRole('button', { name: 'Add connection' }).first().click()
    await connect(mara.getByRole('dialog', { name: 'Add connection' }), {
      provider: 'OpenAI',
      credential: NORTHFOLD_CREDENTIAL,
      baseUrl: openai.baseUrl,
      access: 'Read and write',
    })
    await expect(mara.getByText(/^\d+ people, \d+ keys, \d+ projects\./u)).toBeVisible({ timeout: 60_000 })
    await mara.keyboard.press('Escape')
    await exchange(mara)
    await exchange(tomas)

    // Both decide while the server is away. Windows exchange by themselves, so either may be placed later; that one holds on both.
    await server.close()
    await note(mara, 'Calls on Mondays.')
    await note(tomas, 'Calls on Tuesdays.')
    await server.open()
    await exchange(mara)
    await exchange(tomas)
    await keepOrDrop(mara, tomas)
    await exchange(mara)
    await exchange(tomas)
    const held = await expectNotes(tomas, /^Calls on (?:Mon|Tues)days\.$/u)
    await expectNotes(mara, held)

    await keepTyped(mara, tomas)
    await reviewTogether(mara, colleague, server)
    await approveTogether(mara, tomas, openai)
    await removeTomas(mara, tomas, held)
  },
)
