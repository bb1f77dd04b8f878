import { createName } from './cards.ts'
import { sha256 } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { exchange } from './exchange.ts'
import { fromHex, toContext, toHex } from './form.ts'
import { createLogin, describeTeam, type Invite, type InvitePlace, toCode } from './invite.ts'
import { addDevice, findDevices, removeDevice } from './members.ts'
import type { NewLogin, TeamServer } from './server.ts'

/** The password of the device on paper follows from its seed. */
const toPassword = (seed: Uint8Array): string => toHex(sha256(toContext('paper password'), seed))

/**
 * Makes a recovery device for the owner at this device, in the place of the former one, and returns its code, which is kept nowhere. Throws
 * `TeamServerError`.
 */
export async function replacePaper(device: TeamDevice, place: InvitePlace): Promise<string> {
  const { crypto, server, member, now } = device
  const former = findDevices(device, member).filter(({ paper }) => paper === true)
  const seed = crypto.random(32)
  const keys = crypto.createDeviceKeys(seed)
  const [login, name] = [createLogin(crypto), createName(device, now())]
  const verifier = crypto.createScramVerifier(toPassword(seed))
  await server.admit({ login, device: name, member, owner: true, verifier, until: null })
  const [signKey, boxKey] = [toHex(keys.sign.publicKey), toHex(keys.box.publicKey)]
  await addDevice(device, member, { device: name, signKey, boxKey, login, paper: true })
  for (const one of former) await removeDevice(device, one.device)
  return toCode({
    kind: 'paper',
    uid: createName(device, now()),
    ...describeTeam(device),
    place,
    member,
    device: name,
    login,
    password: toPassword(seed),
    secret: toHex(seed),
  })
}

/**
 * Lets the device on paper put a new device of its member into every card. `server`: with the login of the paper; `login`: of the new device.
 * Throws `TeamServerError`.
 */
export async function returnByPaper(
  device: TeamDevice,
  server: TeamServer,
  code: Invite,
  login: NewLogin,
): Promise<void> {
  const { crypto, keys } = device
  const logins = await server.listLogins()
  if (!logins.some((one) => one.login === login.login)) await server.admit(login)
  const paper: TeamDevice = {
    ...device,
    server,
    keys: crypto.createDeviceKeys(fromHex(code.secret)),
    device: code.device,
    login: code.login,
    root: fromHex(code.root),
  }
  await exchange(paper)
  const [signKey, boxKey] = [toHex(keys.sign.publicKey), toHex(keys.box.publicKey)]
  await addDevice(paper, code.member, { device: device.device, signKey, boxKey, login: device.login })
}
