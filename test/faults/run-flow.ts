/**
 * Does one flow, or only opens the profile, and is killed at the K-th call to the system on its files: `node
 * run-flow.ts PLACE FLOW PROFILE OUT K`, with the library of faults loaded; PLACE is the JSON of a `FaultPlace`, FLOW
 * may be `open`. Prints `acknowledged` once the flow has acknowledged its work.
 */
import { writeSync } from 'node:fs'

import { FLOWS } from './flows.ts'
import { arm } from './library.ts'
import { type FaultPlace, openOn } from './world.ts'

const [place = '', name = '', profile = '', out = '', k = '0'] = process.argv.slice(2)
const world = JSON.parse(place) as FaultPlace
arm('KILL', Number(k))
const service = await openOn(profile, 'write')
await FLOWS.find((flow) => flow.name === name)?.run(service, world, out)
writeSync(1, 'acknowledged')
await service.close()
