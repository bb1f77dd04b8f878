import { describe, expect, it } from 'vitest'

import { eventWords } from '../../../renderer/entities/event-words.ts'
import type { EventRow } from '../../../shared/contract/events.ts'

const SHOP = { id: 7, name: 'Shop', externalId: 'proj_shop', status: 'active' as const }

const event = (over: Partial<EventRow> = {}): EventRow => ({
  eventId: 1,
  client: { slug: 'acme', name: 'Acme Corp', colour: '#332288' },
  connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
  externalId: 'log-1',
  at: 0,
  type: 'api_key.created',
  act: 'created',
  subject: { kind: 'key', externalId: 'key_1', name: 'prod-web', keyId: 3, personId: null, projectId: null },
  project: SHOP,
  projectExternalId: 'proj_shop',
  role: null,
  level: null,
  actor: {
    kind: 'user',
    externalId: 'user-1',
    name: 'Mara Lindqvist',
    email: null,
    address: null,
    agent: null,
    personId: null,
  },
  detail: {},
  ...over,
})

const grant = event({
  role: 'owner',
  subject: { kind: 'grant', externalId: 'user-2', name: 'Ana', keyId: null, personId: 2, projectId: null },
})

describe('an event in a panel', () => {
  it('names what it is about in the panel of a project, as several things are in it', () => {
    expect(eventWords(event(), { project: 7 })).toEqual({ what: 'Key created: prod-web', by: 'By Mara Lindqvist' })
    expect(eventWords(grant, { project: 7 }).what).toMatch(/: Ana, Owner$/u)
  })

  it('is not named again in the panel of the project itself or of the key', () => {
    const own = event({
      subject: { kind: 'project', externalId: 'proj_shop', name: 'Shop', keyId: null, personId: null, projectId: 7 },
    })
    expect(eventWords(own, { project: 7 }).what).toBe('Project created')
    expect(eventWords(event(), { key: 3 }).what).toBe('Key created')
  })

  it('names the project in the panel of a certificate, which several projects may have', () => {
    const own = event({
      act: 'enabled',
      subject: { kind: 'certificate', externalId: 'cert_1', name: null, keyId: null, personId: null, projectId: null },
    })
    expect(eventWords(own, { certificate: 4 }).what).toMatch(/^Certificate .+ in Shop$/u)
    expect(eventWords({ ...own, project: null }, { certificate: 4 }).what).not.toContain(' in ')
  })

  it('names the project in the panel of a person, and no one where the provider reports no one', () => {
    const nobody = { ...grant.actor, kind: 'unknown' as const, name: null, externalId: null }
    expect(eventWords({ ...grant, actor: nobody }, { person: 2 })).toEqual({
      what: expect.stringMatching(/: Owner in Shop$/u) as string,
      by: null,
    })
  })
})
