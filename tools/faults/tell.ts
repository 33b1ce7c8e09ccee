import type { Disturbance } from './disturbances.ts';
import type { Ledger } from './ledger.ts';
import type { Finding } from './counting.ts';
import type { Met } from './meetings.ts';
import type { countMails } from './reckoning.messages.ts';
import type { Accomplished } from './work.ts';

/** What was done, for people. */
export function tellWork(
  plan: readonly Disturbance[],
  ledger: Ledger,
  { evaluations, meetings }: Accomplished,
  mails: Awaited<ReturnType<typeof countMails>>,
): string[] {
  const count = (items: readonly string[]) =>
    [...new Set(items)]
      .toSorted()
      .map((item) => `${item} ${items.filter((other) => other === item).length}`)
      .join(', ');
  const how = (wanted: Disturbance['how']) => plan.filter((one) => one.how === wanted).length;
  const kills = plan.filter((one) => one.how !== 'pause');
  const tries = ledger.entries.reduce((sum, entry) => sum + entry.tries, 0);
  const sum = (of: (met: Met) => number) => meetings.reduce((total, met) => total + of(met), 0);
  const revised = evaluations.filter(({ revision }) => revision > 1).length;
  return [
    '',
    `Kills:        ${kills.length} (${count(kills.map(({ process }) => process))}), ${how('lose volume')} of them with the volume; ${how('pause')} pause of NATS`,
    `Commands:     ${ledger.entries.length} (${count(ledger.entries.map(({ verb }) => verb))})`,
    `Tries:        ${tries}; not answered: ${[...ledger.retries].map(([why, n]) => `${n} (${why})`).join(', ') || 'none'}`,
    `Evaluations:  ${evaluations.length}, of which ${revised} were returned and revised`,
    `Meetings:     ${meetings.length} (${count(meetings.map(({ status }) => status))}) with ${sum(({ agenda }) => agenda.length)} items on their agendas;`,
    `              agreed on ${sum(({ agreed }) => agreed.length)} actions, carried over ${sum(({ carriedOver }) => carriedOver.length)} times`,
    `Mails:        ${mails.sent} sent; ${mails.uncertain} uncertain, of which ${mails.uncertainButCaught} had arrived; ${mails.digests} of all are digests`,
  ];
}

/** Differences told of each finding; the rest is counted. */
const SHOWN = 12;

/** What was counted: the first time every line, afterwards what differs. */
export function tellFindings(findings: readonly Finding[]): string[] {
  const lines: string[] = [];
  for (const [i, when] of [...new Set(findings.map((finding) => finding.when))].entries()) {
    const counted = findings.filter((finding) => finding.when === when);
    const wrong = counted.filter(({ differences }) => differences.length > 0);
    lines.push(
      '',
      i === 0 ? `expected  found  ${when}` : `${counted.length} counts ${when}: ${wrong.length} differ`,
    );
    for (const { what, expected, found, differences } of i === 0 ? counted : wrong) {
      lines.push(
        `${String(expected).padStart(8)} ${String(found).padStart(6)}  ${differences.length > 0 ? 'WRONG: ' : ''}${what}`,
      );
    }
  }
  for (const { when, what, differences } of findings.filter((finding) => finding.differences.length > 0)) {
    lines.push(
      '',
      `${what}, ${when}:`,
      ...differences.slice(0, SHOWN).map((difference) => `  ${difference}`),
    );
    if (differences.length > SHOWN) lines.push(`  and ${differences.length - SHOWN} more`);
  }
  return lines;
}
