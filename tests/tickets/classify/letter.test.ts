import { describe, expect, test } from 'vitest';
import { judgePriority, predict, subjectOf, trainModel, withoutTrimmings } from '#src/tickets/classify/index.ts';
import { defaultCategories, phrasesOf } from '#src/tickets/settings/default-categories.ts';
import { titleOf } from '#src/tickets/ticket-title.ts';

const footers = {
  English:
    '\n\nKind regards,\nRuth Okafor\nHead of Legal & Compliance\nNorthwind Security Ltd.\nTel. +44 20 7946 0000\n\nThis message is confidential and may be legally privileged. If you are not the intended recipient, please notify the sender immediately and destroy it.',
  German:
    '\n\nMit freundlichen Grüßen\nJörg Petersen\nLeiter Einkauf und Rechnungswesen\nMobil: 0171 1234567\n\nNordwind AG, Sitz der Gesellschaft: Kiel, Amtsgericht Kiel HRB 4711\nDiese Nachricht ist vertraulich. Sind Sie nicht der richtige Adressat, informieren Sie bitte sofort den Absender.',
  French:
    '\n\nCordialement,\nAnne Petit\nResponsable de la sécurité\n01 23 45 67 89\n\nCe courriel est confidentiel et destiné à la personne nommée. Si vous l’avez reçu par erreur, merci d’avertir immédiatement l’expéditeur.',
  Spanish:
    '\n\nUn saludo,\nPablo Ruiz\nDirector de Seguridad\n\nEste correo es confidencial. Si lo ha recibido por error, avise de inmediato al remitente y elimine este mensaje.',
  'of an outside mail':
    '\n\nCAUTION: This email originated from outside of the organisation. Do not click links or open attachments unless you know the sender.',
};

const matters = ['the blind over my desk is torn', 'How many days of vacation are left to me?', 'I forgot the password of my account'];
const firstDay = trainModel([], { categories: defaultCategories.map((one) => ({ ...one, phrases: phrasesOf(one) })) });

describe('what mails have around their matter', () => {
  test.each(Object.entries(footers))('a footer, %s, moves neither priority nor category', (_, footer) => {
    for (const matter of matters) {
      const [plain, mailed] = [matter, matter + footer].map((body) => ({ ...judgePriority({ body }), ...predict(firstDay, { body }) }));
      expect([matter, mailed?.priority, mailed?.category]).toEqual([matter, plain?.priority, plain?.category]);
      expect(mailed?.confidence).toBeCloseTo(plain?.confidence as number, 6);
    }
  });

  test('every word that is left stands where it stood', () => {
    const text = `A chair is broken.${footers.German}\n\nAnd a table as well.`;
    const left = withoutTrimmings(text);
    expect(left).toHaveLength(text.length);
    expect(left.trim().split(/\s{2,}/)).toEqual(['A chair is broken.', 'And a table as well.']);
    expect(left.indexOf('And a table')).toBe(text.indexOf('And a table'));
  });

  test('what is said in a thread below a signature counts', () => {
    expect(
      withoutTrimmings('The lift stands still\nBest regards,\nTom\nit smells of smoke now')
        .trim()
        .split(/\s{2,}/),
    ).toEqual(['The lift stands still', 'it smells of smoke now']);
  });

  test.each([
    'Our leave\nFrom: 3 May\nTo: 10 May',
    'Thanks for the new laptop, but it does not start\nCan you help?',
    'This message is confidential: our list of salaries went to everybody',
    'The sender cannot delete this message',
    'Best practice would be another port\nSincerely: no idea which',
  ])('%j is all matter', (text) => expect(withoutTrimmings(text)).toBe(text));
});

const mail = `Hi all, can somebody look at this one?

---------- Forwarded message ----------
From: Ines Duarte <ines@example.com>
Date: Tue, 3 Nov 2026 at 09:12
Subject: Re: Fwd: Badge reader at gate 4 is dead
To: helpdesk@example.com

Hello,
the light stays off.`;

describe('the title of a mail', () => {
  test.each([
    [mail, 'Badge reader at gate 4 is dead'],
    ['Von: Ute\nGesendet: Montag\nAn: Support\nBetreff: AW: Tor klemmt\n\nHallo', 'Tor klemmt'],
    ['*De :* Luc\n*Objet :* Badge perdu\n\nBonjour', 'Badge perdu'],
    ['De: Ana\nAsunto: RV: Puerta rota\nPara: Soporte\n\nHola', 'Puerta rota'],
  ])('is its subject', (text, title) => expect(titleOf(undefined, text)).toBe(title));

  test('is what follows the greeting where there is no subject; what is given stands', () => {
    expect(titleOf(undefined, 'Hi team,\n\nthe gate is stuck')).toBe('the gate is stuck');
    expect(titleOf(undefined, 'Hello')).toBe('Hello');
    expect(titleOf('Gate', mail)).toBe('Gate');
    expect(subjectOf('The subject: none\nof it')).toBeNull();
  });
});

test('of one line without a full stop the matter in front of a disclaimer stays', () => {
  const matter =
    'the account of our intern gets locked each time she enters her password at the new printer on floor two please advise thanks';
  const text = `${matter} this information is confidential and legally privileged and intended solely for the addressee`;
  expect(withoutTrimmings(text).trim()).toContain(matter);
  expect(withoutTrimmings(text)).not.toContain('privileged');
});
