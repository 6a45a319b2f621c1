import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { answerQuality } from './answer-quality.ts';
import { engine } from './engine.ts';
import { jobs } from './jobs.ts';
import { overview } from './overview.ts';
import { slack } from './slack.ts';

const all = { overview, jobs, engine, slack, 'answer-quality': answerQuality };

/** Every dashboard by the name of its file in `generated/`. */
export const buildDashboards = (): Record<string, Dashboard> =>
  Object.fromEntries(Object.entries(all).map(([name, make]) => [`${name}.json`, make().build()]));

/** A dashboard as it is written to its file. */
export const printDashboard = (dashboard: Dashboard): string => `${JSON.stringify(dashboard, null, 2)}\n`;
