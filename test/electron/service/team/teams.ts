import { readFileSync } from 'node:fs'

import type { TeamPlace } from '../../../../electron/register/team/place.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import type { TeamServer } from '../../team/postgres/database.ts'
import { newService } from '../services.ts'

/** An empty database whose administrator is `set_up`. */
export interface Prepared {
  readonly server: NonNullable<Inputs['team']['init']>['server'] & { readonly port: number }
  readonly administrator: { readonly login: string; readonly password: string }
}

let databases = 0

export async function prepare({ postgres, authority }: TeamServer): Promise<Prepared> {
  databases += 1
  const database = `agency_${databases}`
  await postgres.sql(`CREATE DATABASE ${database} OWNER set_up`)
  return {
    server: {
      host: '127.0.0.1',
      port: postgres.port ?? 0,
      database,
      authority: readFileSync(authority.file, 'utf8'),
    },
    administrator: { login: 'set_up', password: 'set_up' },
  }
}

export const FOUNDER = { team: 'Northlight', name: 'Mara Lind', email: 'mara@northlight.example' }

/** A service beside which a window reads the status after each change. */
async function watchedService(make: () => Promise<Service>): Promise<Service> {
  const service = await make()
  service.context.events.listen(() => void service.api.team.status().catch(() => undefined))
  return service
}

/** A service whose profile founded a team with one client, `acme`. */
export async function foundedService(
  { server, administrator }: Prepared,
  make: () => Promise<Service> = newService,
): Promise<Service> {
  const service = await watchedService(make)
  await service.api.client.add({ name: 'Acme', slug: 'acme' })
  await service.api.team.init({ ...FOUNDER, server, administrator })
  return service
}

/** A service whose profile joined by an invite of the founder's, and was let in. */
export async function joinedService(
  founder: Service,
  { administrator }: Prepared,
  who: { readonly name: string; readonly email: string; readonly roles?: readonly ('owner' | 'auditor' | 'people')[] },
  make: () => Promise<Service> = newService,
): Promise<Service> {
  const { code } = await founder.api.team.invite({ ...who, roles: [...(who.roles ?? [])], administrator })
  const service = await watchedService(make)
  await service.api.team.join({ code })
  await founder.api.team.exchange()
  await service.api.team.exchange()
  return service
}

/** The place of a device that joined a team whose server is not there. */
export const PLACE: TeamPlace = {
  team: '01890000-0000-7000-8000-000000000001',
  database: null,
  server: { host: '127.0.0.1', port: 1, database: 'castellan', authority: null },
  login: 'castellan_ab12',
  device: '01890000-0000-7000-8000-000000000002',
  signKey: 'ab'.repeat(32),
  root: 'cd'.repeat(32),
  founding: null,
  invite: null,
  member: 'Anna Berg',
}
