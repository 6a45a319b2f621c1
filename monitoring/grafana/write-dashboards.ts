import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDashboards, printDashboard } from './dashboards.ts';

// node monitoring/grafana/write-dashboards.ts
const folder = join(import.meta.dirname, 'generated');

await Promise.all(Object.entries(buildDashboards()).map(([file, dashboard]) => writeFile(join(folder, file), printDashboard(dashboard))));
