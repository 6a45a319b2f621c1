import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildDashboards, printDashboard } from '#monitoring/grafana/dashboards.ts';
import { root } from '#tests/house/source-files.ts';

const generated = join(root, 'monitoring/grafana/generated');
const dashboards = buildDashboards();

describe('dashboards', () => {
  // After a change: node monitoring/grafana/write-dashboards.ts
  test.each(Object.entries(dashboards))('generated/%s is what the script makes', async (file, dashboard) => {
    await expect(printDashboard(dashboard)).toMatchFileSnapshot(join(generated, file));
  });

  test('generated/ holds nothing else', async () => {
    expect((await readdir(generated)).sort()).toEqual(Object.keys(dashboards).sort());
  });

  test('have ids of their own, and each panel says what to make of it', () => {
    expect(new Set(Object.values(dashboards).map(({ uid }) => uid)).size).toBe(Object.keys(dashboards).length);
    for (const { title, panels = [] } of Object.values(dashboards)) {
      const drawn = panels.filter(({ type }) => type !== 'row') as {
        title?: string;
        description?: string;
        datasource?: { uid?: string };
      }[];
      expect(drawn.length, title).toBeGreaterThan(5);
      for (const panel of drawn) {
        expect(panel.description, `${title}: ${panel.title}`).toMatch(/\.$/);
        expect(panel.datasource?.uid).toBe('prometheus');
      }
    }
  });
});
