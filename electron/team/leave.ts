import { type CardEffect, findCard } from './cards.ts'
import type { TeamDevice } from './device.ts'
import { removeDevice } from './members.ts'

/** Takes this device out of the team: an owner's out of the cards too, and at last its login. Throws `TeamServerError`. */
export async function leaveTeam(device: TeamDevice): Promise<CardEffect> {
  const people = findCard(device, 'team')?.people ?? []
  const isAlone = people.every(({ member }) => member === device.member)
  const effect = isAlone ? 'none' : await removeDevice(device, device.device)
  if (effect === 'last-owner' || effect === 'not-allowed') return effect
  await device.server.shut(device.login)
  return 'placed'
}
