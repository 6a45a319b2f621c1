import type { TriageMode } from '#db/entities/category.ts';

export type CategoryDraft = { name: string; description: string; team: string; mode: TriageMode };

/** What a workspace starts with on its first day; every team changes them. All suggest only, until somebody trusts them with more. */
export const defaultCategories: readonly CategoryDraft[] = [
  draft(
    'Incident',
    'Operations',
    'Something in production is down, failing or very slow for customers: outage, errors, 5xx, timeouts, data loss, alerts.',
  ),
  draft(
    'Bug',
    'Engineering',
    'Software behaves wrongly: an error message, a crash, a wrong result, something that worked before and does not work now.',
  ),
  draft('Feature request', 'Product', 'A wish for something new or better: add, support, allow, improve, it would be nice, could we have.'),
  draft(
    'Question',
    'Support',
    'Somebody wants to know how something works, where to find it or whether it is possible: how do I, what is, documentation.',
  ),
  draft(
    'Access and accounts',
    'IT',
    'Log-in, password reset, locked account, permissions, roles, VPN, single sign-on, two-factor, add a user to a group or repository.',
  ),
  draft(
    'Hardware and software',
    'IT',
    'Laptop, monitor, phone, printer, headset, software licence or installation, network or Wi-Fi at a desk.',
  ),
  draft(
    'Deployment and infrastructure',
    'Platform',
    'Deploys, pipelines, builds, CI, servers, clusters, databases, disk space, certificates, DNS, environments.',
  ),
  draft(
    'Security',
    'Security',
    'Phishing, leaked secret or key, vulnerability, CVE, suspicious sign-in, malware, lost device, audit finding.',
  ),
  draft(
    'People and HR',
    'People',
    'Vacation, sick leave, payroll, salary, contract, onboarding, benefits, parental leave, reference letter, training.',
  ),
  draft(
    'Purchasing and finance',
    'Finance',
    'Invoice, purchase order, expense, reimbursement, budget, vendor, subscription, credit card, travel booking.',
  ),
];

/**
 * How people ask for such things in any company: what a category means to the classifier as long as it is described as on the first day, and
 * has no history of its own. General words, so that what is particular to a workspace outweighs them.
 */
const phrases: Readonly<Record<string, readonly string[]>> = {
  Incident: [
    'production is down and customers see errors',
    'the website is not reachable since this morning',
    'all users get 500, 502 or 503 responses',
    'the checkout is broken for everyone, orders do not go through',
    'very high latency, requests time out',
    'monitoring shows an alarm, the service does not respond',
    'we lost data after the last night',
    'Totalausfall, Kunden können nicht bezahlen, die Seite ist nicht erreichbar',
  ],
  Bug: [
    'the app crashes when I open this page',
    'clicking save shows an exception and nothing happens',
    'the report shows a wrong total since the update',
    'unexpected behaviour, steps to reproduce, expected and actual result',
    'the function returns null instead of a value',
    'the button does nothing after the last version',
    'text is displayed twice, sorting is incorrect',
    'Fehlermeldung beim Speichern, das Programm stürzt ab, falsches Ergebnis',
  ],
  'Feature request': [
    'please add a way to export this as a file',
    'it would be great if we could filter by date',
    'support for another language or format would help',
    'could you implement an option to switch this off',
    'proposal to improve the workflow with a new view',
    'I wish there was a dark mode',
    'Wunsch: eine neue Funktion zum Exportieren, es wäre schön wenn',
  ],
  Question: [
    'how can I change my settings',
    'where do I find the guide for beginners',
    'what does this option mean and what is the difference',
    'is it possible to use this together with another tool',
    'who is responsible for this topic, whom do I ask',
    'can somebody explain how this works',
    'Wie geht das, wo finde ich die Anleitung, kann mir jemand erklären',
  ],
  'Access and accounts': [
    'I forgot my password and cannot sign in',
    'my account is locked after too many attempts',
    'please give me access to the shared folder or mailbox',
    'a new colleague needs a user account and permissions',
    'admin rights are missing for my user',
    'the authenticator code is not accepted since I have a new phone',
    'VPN login fails, access denied',
    'add me to the group, remove a former employee from the list',
    'Passwort vergessen, Konto gesperrt, Zugriff oder Berechtigung fehlt, Anmeldung geht nicht',
  ],
  'Hardware and software': [
    'my laptop does not start, the screen stays black',
    'the printer has a paper jam or prints nothing',
    'I need a second monitor, a keyboard, a mouse or a docking station',
    'please install this program on my computer',
    'headset and camera do not work in meetings',
    'wifi at my desk is weak, the network cable is broken',
    'the battery is empty quickly, a new device is needed',
    'Outlook or Excel does not open, update the operating system',
    'Drucker druckt nicht, Bildschirm flackert, neues Gerät, Programm installieren',
  ],
  'Deployment and infrastructure': [
    'the build pipeline fails on the main branch',
    'the deploy to staging is stuck, please roll back',
    'the certificate expires soon, renew it',
    'disk is full on the server, free some space',
    'a new database or virtual machine is needed',
    'restart the container, the cluster has no memory left',
    'set up a DNS entry and open a firewall port',
    'Server neu starten, Zertifikat erneuern, Festplatte voll, Backup der Datenbank',
  ],
  Security: [
    'I got a suspicious email that asks for my password',
    'an attachment looks like a virus or malware',
    'I clicked on a link and entered my data',
    'a token or secret was committed to the repository',
    'my phone with company data was stolen',
    'somebody signed in from an unknown country',
    'the scanner found a vulnerable dependency',
    'Verdächtige E-Mail, Phishing, Gerät gestohlen, Zugangsdaten sind im Umlauf',
  ],
  'People and HR': [
    'how many days of vacation do I have left',
    'my salary is wrong or has not arrived',
    'I am sick today, where do I send the certificate',
    'question about my contract, probation or notice period',
    'a new employee starts next month, first day and onboarding',
    'I would like to apply for parental leave or work part time',
    'please confirm my employment in a letter',
    'training, feedback talk and working hours',
    'Urlaub, Gehaltsabrechnung, Krankmeldung, Arbeitsvertrag, Elternzeit, neue Kollegin',
  ],
  'Purchasing and finance': [
    'please pay this invoice, the due date is near',
    'I want to order something, who approves the purchase',
    'reimburse my travel costs, receipt attached',
    'we need a quote from a supplier',
    'renew our subscription, the licence costs too much',
    'book a flight and a hotel for a business trip',
    'the cost centre has no budget left',
    'Rechnung bezahlen, Bestellung freigeben, Reisekosten abrechnen, Angebot vom Lieferanten',
  ],
};

/** Of a category that is still described as on the first day. */
export const phrasesOf = ({ name, description }: { name: string; description: string }): readonly string[] =>
  defaultCategories.some((draft) => draft.name === name && draft.description === description) ? (phrases[name] ?? []) : [];

function draft(name: string, team: string, description: string): CategoryDraft {
  return { name, team, description, mode: 'SUPERVISED' };
}
