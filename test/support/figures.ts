import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

interface Alerts {
  groups: { rules: { alert: string; expr: string }[] }[];
}

/** Of the dashboard and of the alert rules: the names of figures that their expressions use. */
export function filesAndNames(): { file: string; used: string[] }[] {
  const dashboard = JSON.parse(readFileSync('.docker/dashboard.json', 'utf8')) as Dashboard;
  const alerts = parse(readFileSync('.docker/alerts.yml', 'utf8')) as Alerts;
  const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const watched = alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  return [
    { file: 'dashboard.json', used: namesIn(shown) },
    { file: 'alerts.yml', used: namesIn(watched) },
  ];
}

function namesIn(expressions: string[]): string[] {
  return [...new Set(expressions.flatMap((text) => text.match(/\b(?:simpul|nodejs|process)_\w+/g) ?? []))];
}
