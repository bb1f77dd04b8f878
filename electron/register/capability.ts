import type { z } from 'zod'

import type { capability } from '../../shared/contract/connection.ts'

export type Capability = z.infer<typeof capability>
