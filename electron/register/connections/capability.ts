import type { z } from 'zod'

import type { capability } from '../../../shared/contract/connections.ts'

export type Capability = z.infer<typeof capability>
