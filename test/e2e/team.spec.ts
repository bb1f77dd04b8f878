import { startWithoutConnection } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { exchangeAway, expectNoRight, expectNotes, note, removeTomas } from './team-notes.ts'
import { exchange, found, invite, join, startTeamServer, type TeamServer } from './teams.ts'

let server: TeamServer
test.beforeAll(async () => {
  server = await startTeamServer()
})
test.afterAll(() => server.stop())

test('two people share a client through a database that reads nothing', async ({ product, colleague }) => {
  const [mara, tomas] = [product.page, colleague.page]
  await startWithoutConnection(mara, 'Acme Corp')
  await expect(mara.getByRole('heading', { level: 1, name: /Today/u })).toBeVisible()
  await found(mara, server)
  await expect(mara.getByRole('heading', { name: 'Northwind Advisory' })).toBeVisible()
  await lookAt(mara, 'team-founded')
  const who = { name: 'Tomas Okafor', email: 'tomas@northwind.example', client: 'Acme Corp' }
  await join(mara, tomas, await invite(mara, { ...who, role: 'Reviewer' }))
  await expect(tomas.getByRole('row', { name: /Mara Lindqvist/u })).toContainText('Owner')
  await lookAt(mara, 'team')
  await go(tomas, '/clients')
  await expect(tomas.getByRole('row', { name: /Acme Corp/u })).toBeVisible()

  await server.close()
  await note(mara, 'Calls on Mondays.')
  // What a role does not allow is refused before it is written.
  await expectNoRight(tomas, 'Decided without the right to.')
  await exchangeAway(mara)
  await expect(mara.getByText('Needs attention').first()).toBeVisible()
  await lookAt(mara, 'team-offline')
  await server.open()
  await exchange(mara)
  await exchange(tomas)
  await expectNotes(tomas, 'Calls on Mondays.')
  await exchange(mara)
  await expectNotes(mara, 'Calls on Mondays.')

  await removeTomas(mara, tomas, 'Calls on Mondays.')
})
