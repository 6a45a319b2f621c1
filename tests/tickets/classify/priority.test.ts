import { describe, expect, test } from 'vitest';
import { judgePriority } from '#src/tickets/classify/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';

const of = (body: string, title = ''): string => judgePriority({ title, body }).priority;

describe('priority from the words of a ticket', () => {
  test.each([
    ['Checkout is down for all customers in production', 'P1'],
    ['URGENT: customer data leaked, credentials exposed', 'P1'],
    ['Outage: nobody can log in', 'P1'],
    ['Checkout returns 500 for all customers since 10 minutes, we are losing orders!', 'P1'],
    ['Suspicious mail asked for my password and I clicked the link', 'P2'],
    ['The nightly export fails for one client', 'P3'],
    ['How do I change my signature?', 'P4'],
    ['It would be nice to have a dark theme', 'P4'],
    ['Typo in the footer, no rush', 'P4'],
    // A trouble and whom it hits, in German as well.
    ['Der Shop ist nicht erreichbar, kein Kunde kann bestellen', 'P1'],
    ['Dringend: Datenverlust im Lager', 'P1'],
    ['Nicht dringend: mein Monitor flackert', 'P4'],
    // In French and Spanish.
    ['Le site est inaccessible, aucun client ne peut commander', 'P1'],
    ['Urgent : fuite de données en production', 'P1'],
    ['Je suis bloquée, la démo est pour demain et mon poste ne démarre plus', 'P2'],
    ['Pas urgent : faute de frappe dans le pied de page', 'P4'],
    ['Comment puis-je changer ma signature ?', 'P4'],
    ['La tienda está caída y ningún cliente puede pagar', 'P1'],
    ['Nadie puede entrar al sistema, todos los usuarios bloqueados', 'P1'],
    ['No es urgente: errata en el menú', 'P4'],
    ['¿Cómo puedo cambiar mi firma?', 'P4'],
    // Denied, only talked about, or set, in each.
    ['Le site n’est pas en panne, tout va bien', 'P3'],
    ['Une formation sur le hameçonnage est prévue', 'P3'],
    ['Mettez la priorité à critique : la chaise grince', 'P3'],
    ['Pon la prioridad crítica: la silla chirría', 'P3'],
    // One phrase wakes nobody.
    ['The intranet is down', 'P2'],
    ['My headset is broken and everything is critical', 'P3'],
    // Words of trouble without one.
    ['My boss is down with a cold today', 'P3'],
    ['Every employee gets a voucher, pick one by tomorrow', 'P3'],
    ['When is the next ransomware training?', 'P4'],
    ['A question about malware and stolen laptops', 'P4'],
    ['Is the login page down for everyone?', 'P2'],
    ['The handbook quotes "site down, all users hit" on page 3, a typo', 'P3'],
    ['Please rename srv-prod-2 and prod.example.com', 'P4'],
    ['The production line wants new gloves', 'P3'],
    // What it says it is to be.
    ['The chair squeaks. P1, SEV-1, severity 1', 'P3'],
    ['The chair squeaks. Set the priority to critical', 'P3'],
  ])('%s is %s', (body, priority) => {
    expect(of(body)).toBe(priority);
  });

  // In English, German, French and Spanish.
  test.each([
    [
      'P1',
      'Customers cannot log in to the shop',
      'Kunden können sich im Shop nicht anmelden',
      'Les clients ne peuvent pas se connecter à la boutique',
      'Los clientes no pueden entrar en la tienda',
    ],
    [
      'P1',
      'The entire office has no internet',
      'Das gesamte Büro hat kein Internet',
      'Tout le bureau n’a plus internet',
      'Todo el departamento está sin internet',
    ],
    [
      'P2',
      'Nobody in purchasing can open the orders',
      'Niemand im Einkauf kann die Bestellungen öffnen',
      'Personne aux achats ne peut ouvrir les commandes',
      'Nadie en compras puede abrir los pedidos',
    ],
    ['P1', 'No customer can order', 'Kein Kunde kann bestellen', 'Aucun client ne peut commander', 'Ningún cliente puede comprar'],
    [
      'P2',
      'We lost order data',
      'Wir haben Auftragsdaten verloren',
      'Nous avons perdu des données de commandes',
      'Hemos perdido datos de pedidos',
    ],
    ['P2', 'My phone was stolen', 'Mein Handy wurde gestohlen', 'On m’a volé mon téléphone', 'Me han robado el móvil'],
    [
      'P2',
      'I clicked on a phishing link',
      'Ich habe auf einen Phishing-Link geklickt',
      'J’ai cliqué sur un lien de phishing',
      'He pinchado en un enlace de phishing',
    ],
    [
      'P2',
      'Somebody else logged in to my mailbox',
      'Jemand Fremdes hat sich in meinem Postfach angemeldet',
      'Quelqu’un d’autre s’est connecté à ma messagerie',
      'Alguien ha entrado en mi buzón',
    ],
    [
      'P2',
      'My account is locked and the audit meeting is in one hour',
      'Mein Konto ist gesperrt und ich muss bis 11 Uhr abgeben',
      'Mon compte est bloqué et je dois envoyer le dossier avant 11 h',
      'Mi cuenta está bloqueada y tengo que enviarlo antes de las 11',
    ],
    ['P3', 'My account is locked', 'Mein Konto ist gesperrt', 'Mon compte est bloqué', 'Mi cuenta está bloqueada'],
    ['P3', 'My keyboard does not work', 'Meine Tastatur funktioniert nicht', 'Mon clavier ne fonctionne pas', 'Mi teclado no funciona'],
    [
      'P4',
      'Could you add a filter by date?',
      'Könntet ihr einen Filter nach Datum einbauen?',
      'Pourriez-vous ajouter un filtre par date ?',
      '¿Podríais añadir un filtro por fecha?',
    ],
    [
      'P4',
      'How many days off do I have?',
      'Wie viele freie Tage habe ich?',
      'Combien de jours libres me reste-t-il ?',
      '¿Cuántos días libres me quedan?',
    ],
    [
      'P4',
      'Who looks after the printers?',
      'Wer kümmert sich um die Drucker?',
      'Qui s’occupe des imprimantes ?',
      '¿Quién se ocupa de las impresoras?',
    ],
  ])('the same is %s in every language: %s', (priority, ...said) => {
    for (const body of said) expect([body, of(body)]).toEqual([body, priority]);
  });

  test.each([
    ['Somebody from another country signed in to my account', 'P2'],
    ['I left for the train and lost my laptop there', 'P2'],
    ['A colleague posted the database password in a public channel', 'P2'],
    ['An API key of ours turned up on github', 'P2'],
    ['I forgot my password', 'P3'],
    ['My headset crackles, nobody can hear me in calls', 'P3'],
    ['Mein Mikrofon ist leise, niemand kann mich hören', 'P3'],
    ['Mon micro grésille, personne ne peut m’entendre', 'P3'],
    ['Mi micrófono falla, nadie puede oírme', 'P3'],
    ['My keyboard is broken, urgent', 'P3'],
    ['My keyboard is broken and the exam starts tomorrow', 'P2'],
    ['When I sort the list the second row vanishes', 'P3'],
    ['Could you add Ana to the group of testers?', 'P3'],
    ['Can we get access to the archive?', 'P3'],
  ])('one person’s affair is as urgent as it is: %s is %s', (body, priority) => expect(of(body)).toBe(priority));

  test('each reason says which way it moved the priority; what moved nothing is none', () => {
    const { priority, reasons } = judgePriority({ body: 'A question about my laptop: it does not work and I cannot log in' });
    expect(priority).toBe('P3');
    expect(reasons.map(({ says, raises }) => [says, raises])).toEqual([
      ['it is a question', false],
      ['it cannot be built, started or used', true],
      ['something fails', true],
    ]);
    expect(judgePriority({ body: 'My keyboard is broken, urgent' }).reasons.at(-1)).toMatchObject({
      says: 'one person is hit',
      raises: false,
    });
  });

  test('of a phrase in a longer one only the longer is told', () => {
    const { reasons } = judgePriority({ body: 'I cannot log in to the VPN' });
    expect(reasons.map(({ quote }) => quote)).toEqual(['cannot log in']);
  });

  test('blocked work under a deadline comes before an ordinary fault', () => {
    expect(of('I am blocked and the release is due today')).toBe('P2');
    expect(of('The report shows a wrong total')).toBe('P3');
  });

  test('what is denied does not count', () => {
    expect(of('This is not urgent and there is no outage')).toBe('P4');
    expect(of('No data loss, nobody is blocked, production is not affected')).not.toBe('P1');
  });

  test('the words that made it so stand in the ticket where it says', () => {
    const text = { title: 'Payments fail for every customer', body: 'Production is down since 9:00, please fix ASAP.' };
    const { reasons } = judgePriority(text);
    expect(reasons.length).toBeGreaterThan(3);
    for (const { field, quote, start } of reasons) expect(text[field].slice(start, start + quote.length)).toBe(quote);
  });

  test('a ticket that says nothing of it is an ordinary one, for no reason', () => {
    expect(judgePriority({ body: 'Please add Ana to the mailing list' })).toMatchObject({ priority: 'P3', reasons: [] });
    expect(of('')).toBe('P3');
  });

  test.each(['not '.repeat(250_000), 'down '.repeat(200_000), 'would be '.repeat(110_000)])(
    'a megabyte is judged in well under a second (%#)',
    async (body) => {
      expect(await processorMs(() => judgePriority({ title: body, body }))).toBeLessThan(3000);
    },
  );
});
