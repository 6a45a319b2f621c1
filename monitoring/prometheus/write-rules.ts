import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printServiceLevels } from './service-levels.ts';

// node monitoring/prometheus/write-rules.ts
await writeFile(join(import.meta.dirname, 'rules/slo.rules.yml'), printServiceLevels());
