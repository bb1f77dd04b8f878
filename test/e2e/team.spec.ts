import { startWithoutConnection } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { expectNotes, note, removeTomas } from './team-notes.ts'
import { exchange, found, grant, invite, join, startTeamServer, type TeamServer } from './teams.ts'

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
  const code = await invite(mara, 'Tomas Okafor', 'tomas@northwind.example')

  await join(mara, tomas, code)
  await expect(tomas.getByRole('row', { name: /Mara Lindqvist/u })).toContainText('Owner')

  await grant(mara, 'Tomas Okafor', 'Acme Corp')
  await lookAt(mara, 'team')
  await exchange(tomas)
  await go(tomas, '/clients')
  await expect(tomas.getByRole('row', { name: /Acme Corp/u })).toBeVisible()

  await server.close()
  await note(mara, 'Calls on Mondays.')
  await note(tomas, 'Decided without the right to.')
  await expectNotes(tomas, 'Decided without the right to.')
  await go(tomas, '/team')
  await expect(tomas.getByText('Server not reached, 1 decision waiting').first()).toBeVisible()
  await lookAt(tomas, 'team-offline')
  await server.open()
  await exchange(mara)
  await exchange(tomas)
  const refused = tomas.getByRole('region', { name: 'Did not take effect' })
  await expect(refused.getByRole('row', { name: /This device/u })).toContainText('Acme')
  await lookAt(tomas, 'team-void')
  await expectNotes(tomas, 'Calls on Mondays.')
  await exchange(mara)
  await expectNotes(mara, 'Calls on Mondays.')

  await removeTomas(mara, tomas, 'Calls on Mondays.')
})
